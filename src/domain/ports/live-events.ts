/** What is told while it happens, from whatever process. */
export type LiveEvent =
  /** Cases of a department changed; `more`: others as well. */
  | {
      readonly kind: 'cases';
      readonly department: string;
      readonly ids: readonly string[];
      readonly more: boolean;
    }
  /** A session is over; the hash is that of its token. */
  | { readonly kind: 'session-ended'; readonly hash: string }
  /** Something may have been missed. */
  | { readonly kind: 'resync' }
  /** There is no more to come. */
  | { readonly kind: 'closing' };

export interface LiveEvents {
  /** Calls the listener until the returned function is called. */
  subscribe(listener: (event: LiveEvent) => void): () => void;
  close(): Promise<void>;
}
