import { z } from 'zod';
import { CHANNEL_KINDS, OUTCOMES } from '../domain/words.ts';
import { AspectName, Id, Instant, IntentName, PolarityName } from './common.ts';

/** What a person says of some words; polarity null: there is no opinion on this aspect. */
export const Label = z.strictObject({ aspect: AspectName, polarity: PolarityName.nullable() });

/** Where an opinion went: one entry for each route that took it. */
const RouteTaken = z.object({
  department: z.string(),
  receiver: z.string(),
  /** From the root down, each node with the matchers that let the opinion through. */
  why: z.array(z.object({ path: z.string(), matchers: z.array(z.string()) })),
});

export const Opinion = z
  .object({
    opinionId: Id,
    /** As it holds now; see `corrected`. */
    aspect: z.string(),
    /** Null: a person said that there is no opinion here. */
    polarity: PolarityName.nullable(),
    intent: IntentName,
    /** 0 to 1. */
    confidence: z.number(),
    /** UTF-16 offsets into the mention's text. */
    start: z.int(),
    end: z.int(),
    /** The words that decided it. */
    why: z.array(z.string()),
    routes: z.array(RouteTaken),
    /** Set when a person corrected it: who, when, and what the model had said. */
    corrected: z
      .object({ by: z.string(), at: Instant, aspect: z.string(), polarity: PolarityName })
      .nullable(),
  })
  .meta({ id: 'Opinion' });
export type Opinion = z.infer<typeof Opinion>;

export const AccountCard = z
  .object({
    id: Id,
    name: z.string(),
    /** Empty when unknown, as the owner. */
    tier: z.string(),
    owner: z.string(),
    /** Yearly, in the workspace's currency. */
    revenue: z.number().nullable(),
  })
  .meta({ id: 'Account' });

export const MentionHead = z.object({
  mentionId: Id,
  /** Null: erased. */
  text: z.string().nullable(),
  platform: z.string(),
  kind: z.enum(CHANNEL_KINDS),
  /** The platform's own page, http or https; null when there is none. */
  url: z.string().nullable(),
  occurredAt: Instant,
  author: z.string(),
  account: AccountCard.nullable(),
  sources: z.array(z.string()),
  opinions: z.array(Opinion),
});

export const ThreadMessage = z
  .object({
    mentionId: Id,
    /** The first 140 characters; null: erased. */
    text: z.string().nullable(),
    occurredAt: Instant,
    isOurs: z.boolean(),
    author: z.string(),
  })
  .meta({ id: 'ThreadMessage' });

export const OutcomeName = z.enum(OUTCOMES);
