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

/** One kind of source: what may stand beside its name in `earshot.yaml` and how it becomes a Source. */
export interface SourceKind<Options extends z.ZodType = z.ZodType> {
  /** What `kind:` says in `earshot.yaml`; also the name of the plug-in's folder. */
  readonly kind: string;
  /** Parses the options beside `name` and `kind`; unknown keys are refused, secrets come out as `Secret`. */
  readonly options: Options;
  /** How often it is polled when the config does not say. Milliseconds. */
  readonly everyMs: number;
  /** Opens nothing yet. Throws AppError `invalid-input` when the options cannot work with these deps. */
  create(options: z.output<Options>, deps: SourceDeps): Source;
}

/** Ties the type of the options to `create`. */
export function defineSourceKind<Options extends z.ZodType>(kind: SourceKind<Options>): SourceKind<Options> {
  return kind;
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
