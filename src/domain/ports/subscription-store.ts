import type { Subscription, Wish } from '../subscription.ts';
import type { Told } from './routing-store.ts';

export interface SubscriptionStore {
  /** Those that are not ended, of one address or of all, oldest first. */
  list(email: string | null): Promise<readonly Subscription[]>;
  find(id: string): Promise<Subscription | null>;
  findByToken(token: string): Promise<Subscription | null>;
  /**
   * Writes what somebody wants of a digest in place of what they wanted before. An unconfirmed one sends what `ask` makes of it, in the
   * same transaction. Throws AppError `conflict` when the address was asked within the last hour and has not answered.
   */
  put(
    wish: Wish,
    by: { readonly author: string; readonly isConfirmed: boolean },
    ask: (subscription: Subscription) => Told,
  ): Promise<Subscription>;
  send(told: Told): Promise<void>;
  /** Nothing happens to one that is confirmed or ended. */
  confirm(token: string): Promise<void>;
  /** Nothing happens to one that is ended. */
  end(id: string, author: string): Promise<void>;
}
