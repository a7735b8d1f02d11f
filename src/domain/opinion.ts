import type { Aspect, ChannelKind, Intent, Polarity, Urgency } from './words.ts';

/** An intent with how sure the classifier is of it, 0 to 1. */
export interface IntentScore {
  readonly intent: Intent;
  readonly confidence: number;
}

/** One clause of a text about one aspect. `text === input.slice(start, end)`; offsets are UTF-16 code units. */
export interface ClassifiedOpinion {
  readonly aspect: Aspect;
  readonly polarity: Polarity;
  /** -1 (negative) to 1 (positive). */
  readonly score: number;
  readonly intent: Intent | 'none';
  /** How sure the classifier is that this aspect and polarity hold, 0 to 1. */
  readonly confidence: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The words that decided it, as they stand in the text. */
  readonly why: readonly string[];
}

/** Everything the classifier says of one text. */
export interface Classification {
  /** ISO 639-1 code, or `und` when the text is too short to tell. */
  readonly lang: string;
  readonly spam: boolean;
  /** Polarity of the whole text from the customer's view. */
  readonly polarity: Polarity;
  readonly score: number;
  readonly intents: readonly IntentScore[];
  readonly urgency: Urgency;
  readonly opinions: readonly ClassifiedOpinion[];
}

/** A text to classify. `kind` is told from the text when it is missing. */
export interface ClassifierInput {
  readonly text: string;
  readonly kind?: ChannelKind;
  readonly lang?: string;
}

/** What a workspace adds to the classifier's own knowledge of an aspect. */
export interface AspectHint {
  readonly aspect: Aspect;
  readonly description?: string;
  /** Words and phrases that speak of this aspect, in any language. */
  readonly seeds: readonly string[];
  /** Texts that speak of it, at least five; what resembles them is asked about, not routed. */
  readonly examples?: readonly string[];
}
