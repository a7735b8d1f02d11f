import { inspect } from 'node:util';
import { z } from 'zod';

const REDACTED = '[secret]';

/** A text that logs, JSON and errors never show. Only the code that sends it to the far side calls `reveal`. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself; keep it out of messages, logs and job payloads. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}

/**
 * How a plug-in's options declare a secret: a text comes in, a {@link Secret} comes out. The config refuses a literal
 * where the parsed options hold a Secret, so that `earshot.yaml` carries `${NAME}` there.
 */
export const secretOption = z
  .string()
  .min(1)
  .transform((text) => new Secret(text));
