import type { DisabledDestination } from './delivery-store.ts';
import type { Destination } from './routing-store.ts';

/** The ways out that were switched off because they refuse us. */
export interface DestinationStore {
  listDisabled(): Promise<readonly DisabledDestination[]>;
  /** Switches it on again, so that what waits for it is sent; false when it was not off. */
  enable(destination: Destination, actor: string): Promise<boolean>;
}
