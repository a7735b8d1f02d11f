import { z } from 'zod';
import { CHANNEL_KINDS, INTENTS, type Intent, POLARITIES, type Urgency } from '../../domain/words.ts';
import type { LabelledText } from './labelled-text.ts';

/** A labelled line as `evaluate` reads it, with the keys some sets add. */
export const labelledLine = z.object({
  id: z.string().optional(),
  text: z.string(),
  lang: z.string().optional(),
  kind: z.enum([...CHANNEL_KINDS, 'chat']).optional(),
  industry: z.string().optional(),
  aspects: z.array(z.object({ aspect: z.string(), polarity: z.enum(POLARITIES).optional() })).optional(),
  polarity: z.enum(POLARITIES).optional(),
  intents: z.array(z.enum(INTENTS)).optional(),
  urgency: z.number().int().min(0).max(3).optional(),
  spam: z.boolean().optional(),
  ours: z.boolean().optional(),
});
export type LabelledLine = z.infer<typeof labelledLine>;

/** What a known public set teaches: how much beside the corpus, and what its labels leave untold. */
interface SetRule {
  readonly weight: number;
  readonly intentsTold?: readonly Intent[];
  readonly aspectsTold?: readonly string[];
  readonly view?: 'mood';
  /** No text of it is a company's own. */
  readonly isCustomer?: true;
}

/** By file name without ending; any other file teaches all it is labelled with. */
const RULES: Readonly<Record<string, SetRule>> = {
  aspect_restaurants_a: { isCustomer: true, weight: 0.7, aspectsTold: ['product', 'pricing', 'service'] },
  sent_tweets_train: { weight: 1, view: 'mood' },
  sent_vader_tweets: { weight: 1, view: 'mood' },
  intent_lead: { isCustomer: true, weight: 0.7, intentsTold: ['purchase'] },
  spam_sms: { isCustomer: true, weight: 1 },
};

/** Whether a set is kept aside to measure, by its name. */
export function isHeldOut(name: string): boolean {
  return /_(?:dev|test)$/u.test(name);
}

/** What a line of the set called `name` teaches. */
export function toLabelledText(name: string, line: LabelledLine): LabelledText {
  const rule = RULES[name];
  const { kind, urgency, spam, id: _id, ...rest } = line;
  // Who says nothing about the company does not speak as its customer.
  const isToWorld = rule?.view === 'mood' || (line.aspects?.length === 0 && line.intents !== undefined);
  // Drawn at random from what people post, so that hardly one is an advertisement.
  const isSpam = spam ?? (rule?.view === 'mood' ? false : undefined);
  const hasContent = line.aspects !== undefined && line.intents !== undefined;
  return {
    ...rest,
    ...(kind === undefined ? {} : { kind: kind === 'chat' ? 'post' : kind }),
    ...(urgency === undefined ? {} : { urgency: urgency as Urgency }),
    ...(isSpam === undefined ? {} : { spam: isSpam }),
    ...(hasContent || rule?.isCustomer === true ? { ours: line.ours ?? false } : {}),
    ...(rule?.intentsTold === undefined ? {} : { intentsTold: rule.intentsTold }),
    ...(rule?.aspectsTold === undefined ? {} : { aspectsTold: rule.aspectsTold }),
    ...(isToWorld ? { view: 'mood' } : {}),
    weight: rule?.weight ?? 1,
  };
}
