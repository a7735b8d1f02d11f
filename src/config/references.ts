import { closestWord } from '../lib/closest-word.ts';
import type { Path } from './faults.ts';
import type { YamlDocument } from './yaml-document.ts';

/** Names that the file defines, gathered also from entries with other faults so that one fault does not cause more. */
export interface KnownNames {
  readonly aspects: ReadonlySet<string>;
  readonly departments: ReadonlySet<string>;
  readonly receivers: ReadonlySet<string>;
  readonly audiences: ReadonlySet<string>;
  readonly timeIntervals: ReadonlySet<string>;
}

/** The `name` of each entry of a list, whatever else is wrong with the entries. */
export function namesIn(list: unknown): Set<string> {
  if (!Array.isArray(list)) return new Set();
  const names = list.map((entry: unknown) =>
    typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : undefined,
  );
  return new Set(names.filter((name) => typeof name === 'string'));
}

/** Adds a fault when `name`, which stands at `path`, is no known `noun`. */
export function checkReference(
  document: YamlDocument,
  { name, known, noun, path }: { name: string; known: ReadonlySet<string>; noun: string; path: Path },
): void {
  if (known.has(name)) return;
  const meant = closestWord(name, known);
  const list = known.size === 0 ? 'there is none yet' : `there is ${[...known].join(', ')}`;
  const remedy = meant === undefined ? `add it or name another (${list})` : `did you mean "${meant}"?`;
  document.addFault(path, `no ${noun} is called "${name}"; ${remedy}`);
}

/** Adds a fault for each entry whose name an earlier one has. */
export function checkUniqueNames(
  document: YamlDocument,
  entries: readonly { readonly value: { readonly name: string }; readonly path: Path }[],
  noun: string,
): void {
  const seen = new Set<string>();
  for (const { value, path } of entries) {
    if (seen.has(value.name))
      document.addFault([...path, 'name'], `a second ${noun} is called "${value.name}"; rename one`);
    seen.add(value.name);
  }
}
