import type { z } from 'zod';
import type { Source } from '../domain/source.ts';
import { AppError } from '../lib/app-error.ts';
import type { Clock } from '../lib/clock.ts';
import type { HttpClient } from '../lib/http-client.ts';

/** What every source is handed; it reaches for nothing else. */
export interface SourceDeps {
  readonly now: Clock;
  /** Absolute folder that relative paths in the options start from. */
  readonly folder: string;
  /** Guarded client; the composition root owns and closes it. */
  readonly http: HttpClient;
  /** Networks that may be reached though they are not public: CIDR blocks or addresses. */
  readonly privateNetworks: readonly string[];
}

/** A kind of source as the registry lists it. */
export interface SourceKind {
  /** What `kind:` says in `earshot.yaml`; also the name of the plug-in's folder. */
  readonly kind: string;
  /** The options beside `name` and `kind`; unknown keys are refused. */
  readonly options: z.ZodType;
  /** How often it is polled when the config does not say. Milliseconds. */
  readonly everyMs: number;
  /** Parses the options and makes a source; opens nothing yet. Throws AppError `invalid-input` that names every wrong option. */
  create(options: unknown, deps: SourceDeps): Source;
}

interface SourceKindDefinition<Options extends z.ZodType> {
  readonly kind: string;
  readonly options: Options;
  readonly everyMs: number;
  create(options: z.output<Options>, deps: SourceDeps): Source;
}

/** Makes a plug-in whose `create` sees parsed options only. */
export function defineSourceKind<Options extends z.ZodType>(
  definition: SourceKindDefinition<Options>,
): SourceKind {
  const { kind, options, everyMs } = definition;
  return {
    kind,
    options,
    everyMs,
    create: (raw, deps) => definition.create(parseOptions(kind, options, raw), deps),
  };
}

/** Parses the options of one source. Throws AppError `invalid-input` with all faults in one sentence. */
export function parseOptions<Options extends z.ZodType>(
  kind: string,
  options: Options,
  raw: unknown,
): z.output<Options> {
  const parsed = options.safeParse(raw);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) =>
    [issue.path.join('.'), issue.message].filter(Boolean).join(': '),
  );
  throw new AppError('invalid-input', `the options of a ${kind} source are wrong: ${faults.join('; ')}`);
}
