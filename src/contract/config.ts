import { z } from 'zod';
import { Instant } from './common.ts';
import { ADMINS, type Endpoint } from './endpoint.ts';

const CONFIG = 'Config';

export const ConfigRefusal = z
  .object({
    origin: z.string(),
    /** Every fault, with its line. */
    message: z.string(),
    refusedAt: Instant,
  })
  .meta({ id: 'ConfigRefusal', description: 'A config that was not taken; the one before is in force' });

export const configEndpoints = {
  getConfig: {
    method: 'get',
    path: '/api/v1/config',
    tag: CONFIG,
    summary: 'The config in force as it was written, and the faults of a newer one that was refused',
    policy: ADMINS,
    answer: z.object({ version: z.int(), text: z.string(), refusal: ConfigRefusal.nullable() }),
  },
  reloadConfig: {
    method: 'post',
    path: '/api/v1/config/reload',
    tag: CONFIG,
    summary:
      'Read the config again, as SIGHUP does. All of it comes into force, or, with 400 and every fault, nothing',
    policy: ADMINS,
    answer: z.object({ version: z.int(), isNew: z.boolean() }),
  },
} satisfies Record<string, Endpoint>;
