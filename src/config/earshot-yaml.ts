import { z } from 'zod';
import { readDue, readSpikes } from './alarms.ts';
import { readAspects } from './aspects.ts';
import { checked } from './checked.ts';
import type { EarshotConfig, Registries, WorkspaceConfig } from './config.ts';
import { checkHasWayOut, checkSections, type Entry, readOwners } from './cross-checks.ts';
import type { ProcessEnv } from './env.ts';
import { Faults, type Path } from './faults.ts';
import { readInhibitRules } from './inhibit-rules.ts';
import { readReceiver, readSource } from './plug-in-options.ts';
import { namesIn } from './references.ts';
import { readRouteTree } from './route-tree.ts';
import {
  audienceSchema,
  departmentSchema,
  digestSchema,
  entitySchema,
  workspaceSchema,
} from './section-schemas.ts';
import { timeIntervalSchema, toTimeInterval } from './time-intervals.ts';
import { YamlDocument } from './yaml-document.ts';

const list = z.array(z.unknown()).optional();

/** The sections; what is in them is checked entry by entry. */
const fileSchema = z.strictObject({
  workspace: z.unknown().optional(),
  aspects: z.record(z.string(), z.unknown()).optional(),
  departments: list,
  sources: list,
  receivers: list,
  entities: list,
  route: z.unknown().optional(),
  inhibit_rules: list,
  time_intervals: list,
  spikes: z.unknown().optional(),
  due: z.unknown().optional(),
  audiences: list,
  digests: list,
});

const FALLBACK = {
  name: '',
  timezone: 'UTC',
  ours: { domains: [], handles: [] },
  private_networks: [],
  arbiter: undefined,
};

/**
 * Reads the text of an `earshot.yaml`; a pure function of text, environment and plug-in kinds. Throws one AppError
 * `invalid-input` that holds every fault, one a line as `file:line:column: what is wrong, what to do`, without any
 * value that came from the environment.
 */
export function parseConfig(
  text: string,
  { file, env, registries }: { file: string; env: ProcessEnv; registries: Registries },
): EarshotConfig {
  const faults = new Faults(file);
  const document = new YamlDocument(text, { env, faults });
  const { value } = document;
  if (value === undefined || typeof value !== 'object' || Array.isArray(value)) {
    const fault = value === undefined ? 'the file is empty' : 'the file is no map of sections';
    faults.add(
      { line: 1, column: 1 },
      `${fault}; write at least workspace, departments, receivers and route`,
    );
    faults.throwIfAny();
  }
  const config = readFile(document, registries);
  faults.throwIfAny();
  return config;
}

/** Goes on behind faults with what is there; the answer counts only when no fault was added. */
function readFile(document: YamlDocument, registries: Registries): EarshotConfig {
  checked(document, { schema: fileSchema, value: document.value, path: [] });
  const raw = asMap(document.value);
  const {
    private_networks: privateNetworks,
    arbiter = null,
    ...named
  } = checked(document, { schema: workspaceSchema, value: raw.workspace, path: ['workspace'] }) ?? FALLBACK;
  const workspace: WorkspaceConfig = { ...named, privateNetworks, arbiter };
  const aspects = readAspects(document, raw.aspects);
  const sections = {
    departments: readEach(document, departmentSchema, { value: raw.departments, path: ['departments'] }),
    sources: eachOf(raw.sources, ['sources'], (entry) =>
      readSource(document, { ...entry, kinds: registries.sources }),
    ),
    receivers: eachOf(raw.receivers, ['receivers'], (entry) =>
      readReceiver(document, { ...entry, kinds: registries.receivers }),
    ),
    audiences: readEach(document, audienceSchema, { value: raw.audiences, path: ['audiences'] }),
    entities: readEach(document, entitySchema, { value: raw.entities, path: ['entities'] }),
    digests: readEach(document, digestSchema, { value: raw.digests, path: ['digests'] }),
    timeIntervals: readEach(document, timeIntervalSchema, {
      value: raw.time_intervals,
      path: ['time_intervals'],
    }),
  };
  // Names are gathered from the raw entries, so that a fault inside an entry does not make its name unknown elsewhere.
  const names = {
    aspects: new Set([...aspects.map(({ aspect }) => aspect), ...Object.keys(asMap(raw.aspects))]),
    departments: namesIn(raw.departments),
    receivers: namesIn(raw.receivers),
    audiences: namesIn(raw.audiences),
    timeIntervals: namesIn(raw.time_intervals),
  };
  checkSections(document, sections, names);
  const owners = readOwners(document, sections.departments, names.aspects);
  const route = readRouteTree({ document, names, owners }, raw.route);
  checkHasWayOut(document, sections.receivers, { name: route.receiver, path: ['route', 'receiver'] });
  const timeIntervals = valuesOf(sections.timeIntervals).map((interval) =>
    toTimeInterval(interval, workspace.timezone),
  );
  return {
    workspace,
    aspects,
    departments: valuesOf(sections.departments),
    sources: valuesOf(sections.sources),
    receivers: valuesOf(sections.receivers),
    entities: valuesOf(sections.entities),
    route,
    inhibitRules: readInhibitRules({ document, names }, raw.inhibit_rules),
    timeIntervals,
    spikes: readSpikes(document, raw.spikes),
    due: readDue({ document, names, receivers: sections.receivers, timeIntervals }, raw.due),
    audiences: valuesOf(sections.audiences),
    digests: valuesOf(sections.digests).map(({ zone = workspace.timezone, department, ...digest }) => ({
      ...digest,
      department,
      zone,
    })),
  };
}

function asMap(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function valuesOf<Value>(entries: readonly Entry<Value>[]): Value[] {
  return entries.map(({ value }) => value);
}

/** Reads the entries of a list one by one, so that a fault in one hides none in another. */
function eachOf<Value>(
  section: unknown,
  path: Path,
  read: (entry: Entry<unknown>) => Entry<Value> | undefined,
): Entry<Value>[] {
  if (!Array.isArray(section)) return [];
  return section.flatMap((value: unknown, index) => read({ value, path: [...path, index] }) ?? []);
}

function readEach<Schema extends z.ZodType>(
  document: YamlDocument,
  schema: Schema,
  section: Entry<unknown>,
): Entry<z.output<Schema>>[] {
  return eachOf(section.value, section.path, ({ value, path }) => {
    const read = checked(document, { schema, value, path });
    return read === undefined ? undefined : { value: read, path };
  });
}
