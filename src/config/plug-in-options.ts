import { closestWord } from '../lib/closest-word.ts';
import { checked } from './checked.ts';
import type { Integration, ReceiverConfig, Registries, SourceConfig } from './config.ts';
import type { Entry } from './cross-checks.ts';
import type { Path } from './faults.ts';
import { refuseLiteralSecrets } from './literal-secrets.ts';
import { integrationSchema, receiverSchema, sourceSchema } from './section-schemas.ts';
import type { YamlDocument } from './yaml-document.ts';

type Kinds = Registries['receivers'];

function unknownKindMessage(kind: string, kinds: Kinds, noun: string): string {
  const meant = closestWord(kind, kinds.keys());
  const remedy =
    meant === undefined ? `use one of ${[...kinds.keys()].join(', ')}` : `did you mean "${meant}"?`;
  return `there is no ${noun} kind "${kind}"; ${remedy}`;
}

/** What the plug-in makes of its options at `path`; undefined when a fault was added. */
function readOptions(
  document: YamlDocument,
  { kind, kinds, raw, path }: { kind: string; kinds: Kinds; raw: unknown; path: Path },
): unknown {
  const schema = kinds.get(kind)?.options;
  if (schema === undefined) return undefined;
  const options = checked(document, { schema, value: raw, path });
  refuseLiteralSecrets(document, { raw, options, path, kind });
  return options;
}

/** Reads one entry of `receivers`: a name, and lists of options by kind. */
export function readReceiver(
  document: YamlDocument,
  { value: raw, path, kinds }: Entry<unknown> & { kinds: Kinds },
): Entry<ReceiverConfig> | undefined {
  const receiver = checked(document, { schema: receiverSchema, value: raw, path });
  if (receiver === undefined) return undefined;
  const { name, ...ways } = receiver;
  const integrations: Integration[] = [];
  for (const [kind, written] of Object.entries(ways)) {
    const at = [...path, kind];
    const isList = Array.isArray(written);
    if (!kinds.has(kind)) document.addFault(at, unknownKindMessage(kind, kinds, 'receiver'), { at: 'key' });
    else if (!isList) document.addFault(at, `"${kind}" must be a list of ways out; write "- …" below it`);
    // A way out with a fault still counts as one, or the receiver would be blamed for having none.
    for (const [index, raw] of (isList ? written : [written]).entries()) {
      const read = isList ? readIntegration(document, { kind, kinds, raw, path: [...at, index] }) : undefined;
      integrations.push({ kind, index, ...(read ?? { options: undefined, maskPii: false }) });
    }
  }
  return { value: { name, integrations }, path };
}

/** Reads one way out: what all kinds share, and the kind's options beside it. */
function readIntegration(
  document: YamlDocument,
  { raw, ...where }: { kind: string; kinds: Kinds; raw: unknown; path: Path },
): Pick<Integration, 'options' | 'maskPii'> | undefined {
  const shared = checked(document, { schema: integrationSchema, value: raw, path: where.path });
  if (shared === undefined) return undefined;
  const { mask_pii: maskPii, ...rest } = shared;
  return { options: readOptions(document, { ...where, raw: rest }), maskPii };
}

/** Reads one entry of `sources`: what all kinds share, and the kind's options beside it. */
export function readSource(
  document: YamlDocument,
  { value: raw, path, kinds }: Entry<unknown> & { kinds: Kinds },
): Entry<SourceConfig> | undefined {
  const source = checked(document, { schema: sourceSchema, value: raw, path });
  if (source === undefined) return undefined;
  const { name, kind, every: everyMs, silent_after: silentAfterMs, ...rest } = source;
  if (!kinds.has(kind)) document.addFault([...path, 'kind'], unknownKindMessage(kind, kinds, 'source'));
  const options = readOptions(document, { kind, kinds, raw: rest, path });
  return {
    value: {
      name,
      kind,
      ...(everyMs !== undefined && { everyMs }),
      ...(silentAfterMs !== undefined && { silentAfterMs }),
      options,
    },
    path,
  };
}
