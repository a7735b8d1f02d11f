import type { App } from '../app/app.ts';
import { misroutesOf } from '../app/misroutes.ts';
import { count } from '../digest/words.ts';
import { type Misroutes, readMisroutes } from '../pipeline/misroutes.ts';
import type { Terminal } from './terminal.ts';

interface MisrouteFlags {
  readonly days: number;
  readonly json?: boolean | undefined;
}

/** `earshot routes misroutes`: which department passed how many cases on to which, and the routes that would have spared it. */
export async function misroutesCommand(
  { database, clock }: Pick<App, 'database' | 'clock'>,
  { days, json }: MisrouteFlags,
  { stdout }: Terminal,
): Promise<number> {
  const misroutes = await readMisroutes(misroutesOf(database), days, clock());
  stdout.write(json ? `${JSON.stringify(misroutes)}\n` : `${describeMisroutes(misroutes).join('\n')}\n`);
  return 0;
}

export function describeMisroutes({ from, to, passedOn, suggestions }: Misroutes): readonly string[] {
  const day = (at: Date): string => at.toISOString().slice(0, 10);
  return [
    `${day(from)} to ${day(to)}`,
    ...(passedOn.length === 0 ? ['No case was passed on.'] : []),
    ...passedOn.map((one) => `${one.from} → ${one.to}: ${count(one.cases, 'case')}`),
    ...suggestions.flatMap((rule) => [
      `${count(rule.passedOn, 'case')} would have gone from ${rule.from} to ${rule.to} at once, and ${rule.kept} that it kept, with the route`,
      `    ${routeLine(rule)}`,
    ]),
  ];
}

function routeLine({ matchers, to }: Misroutes['suggestions'][number]): string {
  return `- { matchers: [${matchers.map((matcher) => `'${matcher.replaceAll("'", "''")}'`).join(', ')}], department: ${JSON.stringify(to)} }`;
}
