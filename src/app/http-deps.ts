import type { HttpDeps } from '../http/http-app.ts';
import { AppError } from '../lib/app-error.ts';
import { within } from '../lib/within.ts';
import { checkKey } from '../store/key-store.ts';
import { readMention } from '../store/mention-read-model.ts';
import type { App } from './app.ts';

/** A database that takes longer counts as gone: what a request needs would take longer still. */
const PING_MS = 1_000;
const noAnswer = (): AppError => new AppError('unavailable', 'The database does not answer just now');

/** What the HTTP face needs of the application. */
export function httpDeps(app: App): HttpDeps {
  const { log, clock, mentions, wake, config, database, metrics, digests, queues } = app;
  return {
    log,
    clock,
    mentions,
    wake,
    ours: () => config.workspace.ours,
    keys: { check: (key, scope) => checkKey(database, key, scope) },
    ping: async () => void (await within(PING_MS, database.query('SELECT 1'), noAnswer)),
    queueAnswers: queues.answers,
    metrics,
    pages: { ...digests, clock, readMention: (id) => readMention(database, id) },
  };
}
