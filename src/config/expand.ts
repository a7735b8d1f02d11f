import type { ProcessEnv } from './env.ts';

/** A text with its variables filled in; `problems` say what could not be, in one line each. */
interface Expanded {
  readonly text: string;
  /** Names and values of the variables that stood in it. */
  readonly used: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
}

/** Fills in `${NAME}` from the environment; `$${` stands for the two characters `${`. What is filled in is not read again. */
export function expandVariables(text: string, env: ProcessEnv): Expanded {
  const used = new Map<string, string>();
  const problems: string[] = [];
  const filled = text.replaceAll(/\$\$\{|\$\{([A-Za-z_]\w*)\}|\$\{/g, (whole, name: string | undefined) => {
    if (whole === '$${') return '${';
    if (name === undefined) {
      problems.push(
        'a variable is written ${NAME} with letters, digits and _; write $${ for the two characters ${',
      );
      return whole;
    }
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (value === undefined || value === '') {
      problems.push(`environment variable ${name} is not set; set it, or remove \${${name}}`);
      return whole;
    }
    used.set(name, value);
    return value;
  });
  return { text: filled, used, problems };
}
