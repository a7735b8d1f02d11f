import { z } from 'zod';
import { CHANNEL_KINDS } from '../domain/words.ts';

export const MAX_MENTIONS = 1_000;
const MAX_TEXT = 200_000;

const text = (max: number) => z.string().trim().min(1).max(max);

/** One mention as other systems push it. */
export const IntakeMention = z.object({
  /** The platform's own id; sending it twice changes nothing. */
  id: z.union([text(500), z.number().int().transform(String)]),
  text: z.string().min(1, 'is empty').max(MAX_TEXT, `is longer than ${MAX_TEXT} characters`),
  author: z
    .object({
      handle: text(200).optional(),
      name: text(200).optional(),
      email: z.email().max(320).toLowerCase().optional(),
    })
    .refine(
      (author) => Object.values(author).some((value) => value !== undefined),
      'needs a handle, a name or an email',
    ),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
  occurred_at: z.iso
    .datetime({ offset: true, error: 'must be ISO 8601 with a zone, e.g. 2026-11-23T09:30:00Z' })
    .transform((value) => new Date(value)),
  lang: z
    .string()
    .regex(/^[a-z]{2,3}(-[\w-]+)?$/i, 'must be a language code such as en')
    .optional(),
  thread: text(500).optional(),
  reach: z.number().int().min(0).max(2_000_000_000).optional(),
  platform: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,40}$/, 'must be lower case letters, digits, dot and dash')
    .optional(),
  kind: z.enum(CHANNEL_KINDS).optional(),
});
export type IntakeMention = z.infer<typeof IntakeMention>;

/** `POST /api/v1/mentions`; each mention is judged on its own, so that one bad one does not refuse the others. */
export const IntakeRequest = z.strictObject({
  source: z.string().regex(/^[\w.-]{1,100}$/, 'must be 1 to 100 letters, digits, dots or dashes'),
  mentions: z
    .array(z.unknown())
    .min(1)
    .max(MAX_MENTIONS, `holds more than ${MAX_MENTIONS}; send them in several calls`),
});

export interface IntakeAnswer {
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: readonly { readonly index: number; readonly reason: string }[];
}
