import type { DigestDefinition } from '../../../src/domain/digest.ts';
import type { DigestDeps } from '../../../src/pipeline/run-digests.ts';
import type { Database } from '../../../src/store/database.ts';
import { createDigestReadModel } from '../../../src/store/digest-read-model.ts';
import { createDigestRunStore } from '../../../src/store/digest-run-store.ts';
import { createSubscriptionStore } from '../../../src/store/subscription-store.ts';

export const EXECUTIVE: DigestDefinition = {
  name: 'executive',
  audience: 'executives',
  at: '07:30',
  zone: 'Europe/London',
  empty: 'line',
};

export const SALES: DigestDefinition = {
  ...EXECUTIVE,
  name: 'sales',
  audience: 'sales',
  department: 'sales',
  empty: 'skip',
};

/** The morning after Sunday 22 November 2026, which the digests of these tests cover. */
export const MORNING = new Date('2026-11-23T07:30:00Z');
export const SUNDAY = '2026-11-22';

/** Use cases on a real database; executives have two ways out, sales one. */
export function digestDeps(
  database: Database,
  definitions: readonly DigestDefinition[] = [EXECUTIVE],
): DigestDeps {
  const executives = [
    { receiver: 'board', integration: 'email', number: 0 },
    { receiver: 'board', integration: 'slack', number: 0 },
  ];
  return {
    readModel: createDigestReadModel(database),
    runs: createDigestRunStore(database),
    subscriptions: createSubscriptionStore(database),
    wake: async () => undefined,
    settings: {
      workspace: 'Fernhill Software',
      publicUrl: 'https://earshot.example',
      configVersion: 1,
      definitions,
      aspectsOf: (department) => (department === 'sales' ? ['sales', 'marketing'] : undefined),
      mailOf: (audience) =>
        audience === 'executives'
          ? {
              destination: { receiver: 'board', integration: 'email', number: 0 },
              domains: ['fernhill.example'],
            }
          : null,
      destinationsOf: (audience) =>
        audience === 'executives'
          ? executives
          : [{ receiver: 'sales-channel', integration: 'slack', number: 0 }],
    },
  };
}
