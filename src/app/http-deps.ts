import type { HttpDeps } from '../http/http-app.ts';
import { checkKey } from '../store/key-store.ts';
import { readMention } from '../store/mention-read-model.ts';
import type { App } from './app.ts';

/** What the HTTP face needs of the application. */
export function httpDeps({ log, clock, mentions, wake, config, database, metrics, digests }: App): HttpDeps {
  return {
    log,
    clock,
    mentions,
    wake,
    ours: () => config.workspace.ours,
    keys: { check: (key, scope) => checkKey(database, key, scope) },
    ping: async () => void (await database.query('SELECT 1')),
    metrics,
    pages: { ...digests, clock, readMention: (id) => readMention(database, id) },
  };
}
