import { z } from 'zod';
import { INTENTS, POLARITIES } from '../domain/words.ts';

/** Ids are texts, since some have more than 53 bits. */
export const Id = z.string().regex(/^\d{1,18}$/, 'is no id');

/** ISO 8601 in UTC. */
export const Instant = z.iso.datetime();

/** The local day, `YYYY-MM-DD`; some zones have no days around the year 0. */
export const Day = z.iso.date().refine((day) => day > '1970-01-01', 'is too long ago');

/** A line that a person writes. */
export const Line = (max: number) => z.string().trim().min(1, 'is empty').max(max);

export const AspectName = z.string().regex(/^[^\p{Cc}]{1,100}$/u, 'is no name of an aspect');
export const PolarityName = z.enum(POLARITIES);
export const IntentName = z.enum([...INTENTS, 'none']);
export const UrgencyLevel = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]);

/** Query words, e.g. `dept:pricing polarity:neg "per seat" people>3`; see docs/search.md. */
export const QueryWords = z.string().trim().min(1).max(500);

/** Where a list goes on: `cursor` is the `nextCursor` of the page before, unchanged. */
export const Paging = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};
export const NextCursor = z.string().nullable();

/** Numbers come in threes: messages, their authors, and the accounts these are linked to. */
export const Tally = z
  .object({ messages: z.int(), people: z.int(), accounts: z.int() })
  .meta({ id: 'Tally', description: 'Messages, people and accounts' });

export const PersonRef = z.object({ id: Id, name: z.string() }).meta({ id: 'PersonRef' });
export type PersonRef = z.infer<typeof PersonRef>;

/** What a whole list of ids came to, one entry an id, in the order given. */
export const ResultOf = z
  .object({
    id: Id,
    result: z.enum(['done', 'not-found', 'conflict', 'refused']),
    /** What stands in the way and what to do; null when done. */
    message: z.string().nullable(),
  })
  .meta({ id: 'Result' });

export const ErrorBody = z
  .object({
    error: z.object({
      kind: z.enum([
        'invalid-input',
        'not-found',
        'conflict',
        'auth',
        'forbidden',
        'rate-limited',
        'unavailable',
        'bug',
      ]),
      message: z.string(),
      /** Stands in the log too. */
      id: z.string(),
    }),
  })
  .meta({ id: 'Error' });

/** An answer that says only that it was done. */
export const Done = z.object({ done: z.literal(true) }).meta({ id: 'Done' });
