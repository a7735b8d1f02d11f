import type { Person } from './access.ts';
import type { DigestDefinition, Edition } from './digest.ts';

/** How a digest is read by mail. */
export const FORMS = ['html', 'text'] as const;
export type Form = (typeof FORMS)[number];

/** What somebody wants of a digest. */
export interface Wish {
  /** Name of the digest in the config. */
  readonly digest: string;
  /** Lower case. */
  readonly email: string;
  readonly name: string;
  /** IANA zone. */
  readonly zone: string;
  /** Local time of day, `HH:MM`. */
  readonly at: string;
  readonly every: Edition;
  readonly form: Form;
}

/** `pending`: whoever reads the address's mail has not agreed yet. */
export type SubscriptionState = 'pending' | 'active' | 'ended';

export interface Subscription extends Wish {
  readonly id: string;
  readonly state: SubscriptionState;
  /** Stands in its links alone. */
  readonly token: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** Who signs in with the address; null: nobody does. */
  readonly reader: Pick<Person, 'role' | 'departments'> | null;
  /** Whether they may not any more. */
  readonly isDisabled: boolean;
}

/** A digest at a time of its own, and those who want it then. */
export interface SubscribedDigest {
  readonly definition: DigestDefinition;
  readonly subscriptions: readonly Subscription[];
}
