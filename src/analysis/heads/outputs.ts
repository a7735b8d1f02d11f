import { BUILT_IN_ASPECTS, INTENTS } from '../../domain/words.ts';

/**
 * What polarity may be asked of: the mood of the whole text, as public sets label it; what the company should take it for,
 * as our guide labels it; and what it says of one built-in aspect.
 */
export const POLARITY_OBJECTS = ['mood', 'customer', ...BUILT_IN_ASPECTS] as const;
export type PolarityObject = (typeof POLARITY_OBJECTS)[number];

/**
 * Where each head has its outputs in a row of weights. Polarity is a choice of three: two outputs (negative, positive)
 * against a neutral of 0, shared by all objects, plus two more that an object adds. Urgency is three steps: at least 1, 2, 3.
 * Voice is whether somebody speaks as a customer, and not to the world at large.
 */
export const ASPECT_AT = 0;
export const SPAM_AT = ASPECT_AT + BUILT_IN_ASPECTS.length;
export const VOICE_AT = SPAM_AT + 1;
export const POLARITY_AT = VOICE_AT + 1;
export const OBJECT_AT = POLARITY_AT + 2;
export const INTENT_AT = OBJECT_AT + 2 * POLARITY_OBJECTS.length;
export const OURS_AT = INTENT_AT + INTENTS.length;
export const URGENCY_AT = OURS_AT + 1;
export const OUTPUTS = URGENCY_AT + 3;

export function objectAt(object: PolarityObject): number {
  return OBJECT_AT + 2 * POLARITY_OBJECTS.indexOf(object);
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
