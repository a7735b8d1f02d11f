import type { z } from 'zod';
import { describeIssue, unknownKeyMessage } from './describe-issue.ts';
import type { Path } from './faults.ts';
import { knownKeys } from './known-keys.ts';
import type { YamlDocument } from './yaml-document.ts';

type Issue = z.core.$ZodIssue;

/** Words other tools or later versions know, and what to do about them here; looked up before spelling is suspected. */
const REFUSED_KEYS: ReadonlyMap<string, string> = new Map([
  ...['business_hours', 'accounts', 'retention', 'thresholds'].map(notYet),
  ['match', '"match" is the old spelling of Alertmanager; write matchers: [\'label="value"\']'],
  ['match_re', '"match_re" is the old spelling of Alertmanager; write matchers: [\'label=~"pattern"\']'],
]);

function notYet(key: string): [string, string] {
  return [key, `"${key}" is not supported yet, it would have no effect; remove it`];
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined),
    value,
  );
}

/** Of a value that fits none of several forms, the issues of the form that it comes nearest to. */
function flatten(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const depth = (issues: readonly Issue[]) => Math.max(0, ...issues.map((one) => one.path.length));
  const nearest = issue.errors.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
  return nearest.flatMap((inner) => flatten({ ...inner, path: [...issue.path, ...inner.path] }));
}

/**
 * Parses one part of the file, which stands at `path`. Every fault goes to the document with its place, and the answer
 * is then undefined. Unknown keys at the top of the part are refused even where the schema would drop them.
 */
export function checked<Schema extends z.ZodType>(
  document: YamlDocument,
  { schema, value, path }: { schema: Schema; value: unknown; path: Path },
): z.output<Schema> | undefined {
  const top = knownKeys(schema, []);
  const unknownAtTop =
    top === undefined || typeof value !== 'object' || value === null || Array.isArray(value)
      ? []
      : Object.keys(value).filter((key) => !top.includes(key));
  for (const key of unknownAtTop) addUnknownKey(document, [...path, key], top);
  const parsed = schema.safeParse(value);
  if (parsed.success) return unknownAtTop.length > 0 ? undefined : parsed.data;
  for (const issue of parsed.error.issues.flatMap(flatten)) {
    const within = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys)
        addUnknownKey(document, [...path, ...within, key], knownKeys(schema, within));
    } else {
      const named = { ...issue, path: within.length > 0 ? within : path.slice(-1) };
      document.addFault([...path, ...within], describeIssue(named, valueAt(value, within)));
    }
  }
  return undefined;
}

function addUnknownKey(document: YamlDocument, path: Path, known: readonly string[] | undefined): void {
  const key = String(path.at(-1));
  const refused = known?.includes(key) ? undefined : REFUSED_KEYS.get(key);
  document.addFault(path, refused ?? unknownKeyMessage(key, known), { at: 'key' });
}
