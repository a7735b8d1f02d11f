import { Secret } from '../lib/secret.ts';
import type { Path } from './faults.ts';
import type { YamlDocument } from './yaml-document.ts';

/** Spellings that are secrets wherever they stand: Slack's addresses and tokens, Standard Webhooks keys. */
const SECRET_SPELLING = /^(?:https:\/\/hooks\.slack(?:-gov)?\.com\/|xox[a-z]-|whsec_)/;

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** An address on this machine, or a mail server without a password, tells nobody anything. */
function isHarmless(text: string): boolean {
  const url = parseUrl(text);
  if (url === undefined || url.password !== '') return false;
  const isLoopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  return isLoopback || url.protocol === 'smtp:' || url.protocol === 'smtps:';
}

function textsIn(value: unknown, path: Path): { text: string; path: Path }[] {
  if (typeof value === 'string') return [{ text: value, path }];
  if (typeof value !== 'object' || value === null) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, item]) => textsIn(item, [...path, isList ? Number(key) : key]));
}

function isSecretIn(options: unknown, path: Path): boolean {
  const at = path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    options,
  );
  return at instanceof Secret;
}

/**
 * Refuses secrets that stand in the file itself: texts that the plug-in turned into a Secret, addresses with a
 * password, and spellings that are known to be secret. `raw` stands at `path`; `options` is what the plug-in made of it.
 */
export function refuseLiteralSecrets(
  document: YamlDocument,
  { raw, options, path, kind }: { raw: unknown; options: unknown; path: Path; kind: string },
): void {
  for (const { text, path: within } of textsIn(raw, [])) {
    if (document.isExpanded([...path, ...within])) continue;
    const isSecret =
      (isSecretIn(options, within) && !isHarmless(text)) ||
      SECRET_SPELLING.test(text) ||
      (parseUrl(text)?.password ?? '') !== '';
    if (!isSecret) continue;
    const key = within.findLast((step) => typeof step === 'string') ?? 'secret';
    const variable = `${kind}_${key}`.toUpperCase().replaceAll(/\W/g, '_');
    const message = `"${key}" is a secret and must not stand in the file; write \${${variable}} and set ${variable} in the environment`;
    document.addFault([...path, ...within], message);
  }
}
