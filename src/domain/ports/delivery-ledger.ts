/** A delivery as the ledger's readers see it. */
export interface DeliveryRow {
  readonly id: string;
  readonly messageId: string;
  readonly receiver: string;
  readonly integration: string;
  readonly number: number;
  readonly kind: string;
  readonly subject: string;
  readonly status: 'pending' | 'sending' | 'delivered' | 'dead';
  readonly attempts: number;
  readonly createdAt: Date;
  readonly dueAt: Date;
  readonly deliveredAt: Date | null;
  readonly lastError: string | null;
  readonly possibleRepeat: boolean;
}

export interface DeliveryLedger {
  /** Newest first, from below the id `before`. */
  list(
    filter: {
      readonly status?: string | undefined;
      readonly receiver?: string | undefined;
      readonly kind?: string | undefined;
    },
    page: { readonly before: string | null; readonly limit: number },
  ): Promise<readonly DeliveryRow[]>;
  /** Makes deliveries that are dead or delivered due again, with one more try; what became of each id. */
  replay(
    ids: readonly string[],
    actor: string,
  ): Promise<ReadonlyMap<string, 'done' | 'not-found' | 'conflict'>>;
}
