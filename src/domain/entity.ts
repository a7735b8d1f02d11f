export const NAMED_KINDS = ['product', 'competitor', 'campaign'] as const;

/** Something a text may speak of by its name: from `earshot.yaml`, or an account. */
export interface NamedEntity {
  readonly kind: (typeof NAMED_KINDS)[number] | 'account';
  readonly name: string;
  readonly aliases: readonly string[];
}

/** That a text speaks of something; offsets are UTF-16 code units of the whole text. */
export interface EntityMention {
  readonly kind: NamedEntity['kind'] | 'money' | 'date' | 'order';
  /** The entity's own name; of money, dates and orders the words themselves. */
  readonly name: string;
  /** Whether it is spelt as it is called, or nearly so. */
  readonly how: 'exact' | 'near';
  readonly start: number;
  readonly end: number;
}

export type FindEntities = (text: string) => readonly EntityMention[];
