import type { NamedEntity } from '../domain/entity.ts';
import type { AudienceConfig, DepartmentConfig, ReceiverConfig, SourceConfig } from './config.ts';
import type { Path } from './faults.ts';
import { checkReference, checkUniqueNames, type KnownNames } from './references.ts';
import type { YamlDocument } from './yaml-document.ts';

/** One entry of a list of the file, and where it stands. */
export interface Entry<Value> {
  readonly value: Value;
  readonly path: Path;
}

/** The lists of the file, each without the entries that have faults of their own. */
export interface Sections {
  readonly departments: readonly Entry<DepartmentConfig>[];
  readonly sources: readonly Entry<SourceConfig>[];
  readonly receivers: readonly Entry<ReceiverConfig>[];
  readonly audiences: readonly Entry<AudienceConfig>[];
  readonly entities: readonly Entry<NamedEntity>[];
  readonly timeIntervals: readonly Entry<{ readonly name: string }>[];
  readonly digests: readonly Entry<{
    readonly name: string;
    readonly audience: string;
    readonly department?: string | undefined;
  }>[];
}

/** Adds faults where names stand twice or lead nowhere. */
export function checkSections(document: YamlDocument, sections: Sections, names: KnownNames): void {
  checkUniqueNames(document, sections.departments, 'department');
  checkUniqueNames(document, sections.sources, 'source');
  checkUniqueNames(document, sections.receivers, 'receiver');
  checkUniqueNames(document, sections.audiences, 'audience');
  checkUniqueNames(document, sections.digests, 'digest');
  checkUniqueNames(document, sections.entities, 'entity');
  checkUniqueNames(document, sections.timeIntervals, 'time interval');
  for (const { value, path } of sections.audiences) {
    for (const [index, name] of value.receivers.entries()) {
      const at = [...path, 'receivers', index];
      checkReference(document, { name, known: names.receivers, noun: 'receiver', path: at });
      checkHasWayOut(document, sections.receivers, { name, path: at });
    }
    const by = value.subscriptions?.by;
    if (by === undefined) continue;
    const at = [...path, 'subscriptions', 'by'];
    checkReference(document, { name: by, known: names.receivers, noun: 'receiver', path: at });
    const sender = sections.receivers.find((receiver) => receiver.value.name === by)?.value;
    if (sender && !sender.integrations.some(({ kind }) => kind === 'email'))
      document.addFault(
        at,
        `receiver "${by}" has no email, by which subscriptions are sent; add it or name another`,
      );
  }
  for (const { value, path } of sections.digests) {
    const { audience, department } = value;
    checkReference(document, {
      name: audience,
      known: names.audiences,
      noun: 'audience',
      path: [...path, 'audience'],
    });
    if (department === undefined) continue;
    const at = [...path, 'department'];
    checkReference(document, { name: department, known: names.departments, noun: 'department', path: at });
  }
}

/** A receiver without ways out may stand on a route, to send nothing; where something must arrive it is a fault. */
export function checkHasWayOut(
  document: YamlDocument,
  receivers: Sections['receivers'],
  { name, path }: { name: string; path: Path },
): void {
  const receiver = receivers.find(({ value }) => value.name === name)?.value;
  if (receiver?.integrations.length !== 0) return;
  document.addFault(
    path,
    `receiver "${name}" has no way out, so nothing would arrive; add one (such as file:) to it`,
  );
}

/** Aspect to the department that owns it; adds a fault for an aspect that is unknown or has a second owner. */
export function readOwners(
  document: YamlDocument,
  departments: Sections['departments'],
  aspects: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const { value, path } of departments) {
    for (const [index, aspect] of value.aspects.entries()) {
      const at = [...path, 'aspects', index];
      checkReference(document, { name: aspect, known: aspects, noun: 'aspect', path: at });
      const owner = owners.get(aspect);
      if (owner === undefined) owners.set(aspect, value.name);
      else
        document.addFault(at, `aspect "${aspect}" belongs to department "${owner}" already; keep one owner`);
    }
  }
  return owners;
}
