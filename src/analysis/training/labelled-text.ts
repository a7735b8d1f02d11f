import type { ChannelKind, Intent, Polarity, Urgency } from '../../domain/words.ts';

/** A text with what is known of it; a missing key teaches nothing. */
export interface LabelledText {
  readonly text: string;
  readonly lang?: string | undefined;
  readonly kind?: ChannelKind | undefined;
  /** What it speaks of; all of `aspectsTold` that is not named does not hold. */
  readonly aspects?:
    | readonly { readonly aspect: string; readonly polarity?: Polarity | undefined }[]
    | undefined;
  /** Aspects the set tells at all; default all four. */
  readonly aspectsTold?: readonly string[] | undefined;
  readonly polarity?: Polarity | undefined;
  /** Whose view `polarity` takes: the mood of anybody's text, or the customer's as our guide means it (default). */
  readonly view?: 'mood' | 'customer' | undefined;
  readonly intents?: readonly string[] | undefined;
  /** Intents the set tells at all; default all. */
  readonly intentsTold?: readonly Intent[] | undefined;
  readonly urgency?: Urgency | undefined;
  readonly spam?: boolean | undefined;
  /** The company itself speaks. */
  readonly ours?: boolean | undefined;
  /** How much it teaches beside others; default 1. */
  readonly weight?: number | undefined;
  readonly industry?: string | undefined;
}
