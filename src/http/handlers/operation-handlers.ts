import type { DeliveryLedger } from '../../domain/ports/delivery-ledger.ts';
import type { DestinationStore } from '../../domain/ports/destination-store.ts';
import type { WakeUp } from '../../domain/ports/wake-up.ts';
import type { SourceHealth } from '../../domain/source-health.ts';
import { AppError } from '../../lib/app-error.ts';
import type { Handlers } from '../api-router.ts';
import { ID_PART, pageOf, readCursor } from '../cursor.ts';

export interface OperationDeps {
  readonly ledger: DeliveryLedger;
  readonly destinations: DestinationStore;
  readonly wake: WakeUp;
  readonly readSourceHealth: () => Promise<readonly SourceHealth[]>;
}

type Names =
  | 'listSources'
  | 'listDeliveries'
  | 'replayDeliveries'
  | 'listDisabledDestinations'
  | 'enableDestination';

const WHY = {
  done: null,
  'not-found': 'There is no such delivery',
  conflict: 'It is on its way; only what is dead or delivered can be sent again',
} as const;

export function operationHandlers({
  ledger,
  destinations,
  wake,
  readSourceHealth,
}: OperationDeps): Handlers<Names> {
  return {
    listSources: async () => ({ sources: await readSourceHealth() }),
    async listDeliveries({ query: { cursor, limit, ...filter } }) {
      const [before = null] = cursor === undefined ? [] : readCursor(cursor, ID_PART);
      const rows = await ledger.list(filter, { before, limit: limit + 1 });
      const { page, nextCursor } = pageOf(rows, limit, ({ id }) => [id]);
      return { deliveries: page, nextCursor };
    },
    async replayDeliveries({ body: { ids }, caller }) {
      const results = await ledger.replay(ids, caller.email);
      await wake('deliver');
      return { results: [...results].map(([id, result]) => ({ id, result, message: WHY[result] })) };
    },
    listDisabledDestinations: async () => ({ destinations: [...(await destinations.listDisabled())] }),
    async enableDestination({ body, caller }) {
      if (!(await destinations.enable(body, caller.email)))
        throw new AppError('not-found', 'There is no such destination that is switched off');
      await wake('deliver');
      return { isEnabled: true };
    },
  };
}
