import { z } from 'zod';
import { CASE_STATUSES } from '../domain/case.ts';
import { Id, Instant, NextCursor, Paging, UrgencyLevel } from './common.ts';
import { type Endpoint, INTAKE, LEADS, OVERSEERS, READERS } from './endpoint.ts';
import { IntakeMention, IntakeRequest, MAX_MENTIONS } from './intake.ts';
import { Label, MentionHead, OutcomeName, ThreadMessage } from './opinions.ts';

const MENTIONS = 'Messages';
const ById = z.object({ id: Id });

export const Mention = MentionHead.extend({
  /** Null until it is analysed. */
  outcome: OutcomeName.nullable(),
  outcomeReason: z.string().nullable(),
  lang: z.string().nullable(),
  urgency: UrgencyLevel.nullable(),
  /** Which rule linked the author to the account: domain, handle or hand. */
  linkRule: z.string().nullable(),
  /** Other messages of the conversation, oldest first, at most 50. */
  thread: z.array(ThreadMessage),
  /** The cases it is in, of the departments that the caller may see. */
  cases: z.array(z.object({ id: Id, department: z.string(), status: z.enum(CASE_STATUSES) })),
}).meta({ id: 'Mention' });
export type Mention = z.infer<typeof Mention>;

export const HeldMention = MentionHead.extend({
  /** At most its first 2,000 characters; an opinion may stand behind them. */
  text: z.string().nullable(),
  heardAt: Instant,
  outcome: z.enum(['quarantined', 'unsure']),
  outcomeReason: z.string().nullable(),
}).meta({ id: 'HeldMention' });
export type HeldMention = z.infer<typeof HeldMention>;

const Correction = z.strictObject({ opinionId: Id, label: Label });

/** What a person decides on a message that was held back. */
export const Decision = z
  .discriminatedUnion('kind', [
    /** Quarantined: a customer's opinion after all. It goes on to routing. */
    z.strictObject({ kind: z.literal('release') }),
    /** Unsure: the model was right. */
    z.strictObject({ kind: z.literal('confirm') }),
    /** Unsure: this is what it says; opinions that are not named stay as the model has them. */
    z.strictObject({ kind: z.literal('correct'), corrections: z.array(Correction).min(1).max(50) }),
  ])
  .meta({ id: 'Decision' });
export type Decision = z.infer<typeof Decision>;

export const mentionEndpoints = {
  getMention: {
    method: 'get',
    path: '/api/v1/mentions/:id',
    tag: MENTIONS,
    summary: 'One message with its opinions, why, and where each went',
    policy: READERS,
    params: ById,
    answer: Mention,
  },
  listHeldMentions: {
    method: 'get',
    path: '/api/v1/mentions',
    tag: MENTIONS,
    summary: 'Messages that were held back from the departments, newest first',
    policy: OVERSEERS,
    query: z.strictObject({ outcome: z.enum(['quarantined', 'unsure']), ...Paging }),
    answer: z.object({ mentions: z.array(HeldMention), nextCursor: NextCursor }),
  },
  decideMention: {
    method: 'post',
    path: '/api/v1/mentions/:id/decision',
    tag: MENTIONS,
    summary:
      'Release from quarantine, or confirm or correct what the model is unsure of. 409 when it was decided already',
    policy: LEADS,
    params: ById,
    body: Decision,
    /** The outcome it has now; null: it is on its way to the departments. */
    answer: z.object({ outcome: OutcomeName.nullable() }),
  },
  pushMentions: {
    method: 'post',
    path: '/api/v1/mentions',
    tag: MENTIONS,
    summary: 'Take messages in, at most 1,000 and 8 MB at once; sending one twice changes nothing',
    policy: INTAKE,
    // What the docs say; each mention is judged on its own, so that one bad one does not refuse the others.
    body: IntakeRequest.extend({ mentions: z.array(IntakeMention).min(1).max(MAX_MENTIONS) }),
    answer: z.object({
      accepted: z.int(),
      duplicate: z.int(),
      rejected: z.array(z.object({ index: z.int(), reason: z.string() })),
    }),
    status: 202,
  },
} satisfies Record<string, Endpoint>;
