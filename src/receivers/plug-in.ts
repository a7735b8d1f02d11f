import type { z } from 'zod';
import type { Receiver } from '../domain/delivery.ts';
import type { Clock } from '../lib/clock.ts';
import type { HttpClient } from '../lib/http-client.ts';

/** What every receiver is handed; it has no other way to the world. */
export interface ReceiverDeps {
  /** Guarded client; the composition root owns and closes it. */
  readonly http: HttpClient;
  /** Folder that receivers may write into (`EARSHOT_DATA`). */
  readonly dataDir: string;
  readonly clock: Clock;
  /** Networks that may be reached though they are not public: CIDR blocks or addresses. */
  readonly privateNetworks: readonly string[];
}

/** One kind of way out: what may stand under its name in `earshot.yaml` and how it becomes a Receiver. */
export interface ReceiverKind<Options extends z.ZodType = z.ZodType> {
  /** The key in `earshot.yaml` and the name of its folder. */
  readonly kind: string;
  /** Parses the options; secrets come out as `Secret`. */
  readonly options: Options;
  /** Opens nothing. Throws AppError `invalid-input` when the options cannot work with these deps. */
  create(options: z.output<Options>, deps: ReceiverDeps): Receiver;
}

/** Ties the type of the options to `create`. */
export function defineReceiver<Options extends z.ZodType>(
  kind: ReceiverKind<Options>,
): ReceiverKind<Options> {
  return kind;
}
