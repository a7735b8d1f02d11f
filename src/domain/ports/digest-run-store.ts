import type { OutboundMessage } from '../delivery.ts';
import type { DigestDefinition, DigestDocument, DigestHashes } from '../digest.ts';
import type { Destination } from './routing-store.ts';

/** `skipped`: recorded but not sent, for the empty-day rule or because it was too late. */
export type DigestRunState = 'on-schedule' | 'by-hand' | 'skipped';

export interface DigestRun {
  readonly id: string;
  /** The local day it covers, `YYYY-MM-DD`. */
  readonly date: string;
  readonly state: DigestRunState;
  readonly compiledAt: Date;
  readonly document: DigestDocument;
  readonly hashes: DigestHashes;
  /** Deliveries written for it so far. */
  readonly deliveries: number;
}

export interface NewDigestRun {
  readonly definition: DigestDefinition;
  readonly state: DigestRunState;
  readonly document: DigestDocument;
  readonly hashes: DigestHashes;
  readonly compiledAt: Date;
}

/** One outbound message and the integration that takes it. */
export interface DigestDelivery {
  readonly destination: Destination;
  readonly message: OutboundMessage;
}

export interface DigestRunStore {
  find(digest: string, date: string): Promise<DigestRun | null>;
  /** What a digest that has a run was; null when none has. */
  definitionOf(digest: string): Promise<DigestDefinition | null>;
  /** The last local day with a run of the schedule's own; by-hand runs do not count. */
  lastScheduledDate(digest: string): Promise<string | null>;
  /**
   * Writes the run and its deliveries together; false, and nothing written, when that local day has its run.
   * Any number of callers may race: one wins.
   */
  record(run: NewDigestRun, deliveries: readonly DigestDelivery[]): Promise<boolean>;
  /** Adds deliveries to a run; those that exist stay as they are. A skipped run becomes one by hand. Gives how many were added. */
  addDeliveries(runId: string, deliveries: readonly DigestDelivery[]): Promise<number>;
}
