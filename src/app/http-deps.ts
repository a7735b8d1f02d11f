import { join } from 'node:path';
import { createReader } from '../analysis/themes/wording.ts';
import type { HttpDeps } from '../http/http-app.ts';
import { AppError } from '../lib/app-error.ts';
import { createPasswords } from '../lib/passwords.ts';
import { within } from '../lib/within.ts';
import { readMisroutes } from '../pipeline/misroutes.ts';
import { healthOf } from '../pipeline/source-health.ts';
import { createCaseReadModel } from '../store/case-read-model.ts';
import { createCaseStore } from '../store/case-store.ts';
import { readRefusal } from '../store/config-store.ts';
import { createDeliveryLedger } from '../store/delivery-ledger.ts';
import { createDestinationStore } from '../store/destination-store.ts';
import { createHeldMentionStore } from '../store/held-mention-store.ts';
import { checkKey } from '../store/key-store.ts';
import { createMentionReadModel } from '../store/mention-read-model.ts';
import { createPeopleStore } from '../store/person-store.ts';
import { createSessionStore } from '../store/session-store.ts';
import { createSignInLimit } from '../store/sign-in-limit.ts';
import { createSilenceStore } from '../store/silence-store.ts';
import { readSpikes } from '../store/spike-store.ts';
import { createThemeReadModel } from '../store/theme-read-model.ts';
import { createThemeStore } from '../store/theme-store.ts';
import { readTrend } from '../store/trend-read-model.ts';
import { createViewStore } from '../store/view-store.ts';
import { isSample, readWorkspace } from '../store/workspace-read-model.ts';
import type { App } from './app.ts';
import { arbitrationOf } from './arbitration.ts';
import { createBacktests } from './backtest.ts';
import { misroutesOf } from './misroutes.ts';
import { PROJECT } from './open-database.ts';
import { createSlackDoor } from './slack-door.ts';

const LOOPBACK_HOST = /^(localhost|::1|127(\.\d{1,3}){3})$/i;

/** Where `npm run build` puts the pages. */
export const WEB_FOLDER = join(PROJECT, 'dist', 'web');

/** A database that takes longer counts as gone: what a request needs would take longer still. */
const PING_MS = 1_000;
const noAnswer = (): AppError => new AppError('unavailable', 'The database does not answer just now');

const noReload = (): never => {
  throw new AppError('conflict', 'This process reads its config once; start it anew');
};

/** What the HTTP face needs of the application, and of the process that it is a part of. */
export function httpDeps(
  app: App,
  { reloadConfig = noReload }: { readonly reloadConfig?: HttpDeps['reloadConfig'] } = {},
): HttpDeps {
  const { log, clock, mentions, wake, config, database, metrics, digests, env, live, sources, queues } = app;
  const { name, timezone: zone, ours } = config.workspace;
  const aspectsOf = (departments: readonly string[]): readonly string[] =>
    config.departments.flatMap((one) => (departments.includes(one.name) ? one.aspects : []));
  return {
    log,
    clock,
    mentions,
    wake,
    ours: () => ours,
    keys: { check: (key, scope) => checkKey(database, key, scope) },
    ping: async () => void (await within(PING_MS, database.query('SELECT 1'), noAnswer)),
    queueAnswers: queues.answers,
    metrics,
    live,
    digests: { ...digests, clock, zone, readTrend: (days) => readTrend(database, { zone, days }) },
    publicUrl: env.publicUrl,
    isLoopbackOnly: LOOPBACK_HOST.test(env.host),
    workspace: { name, zone, aspects: config.aspects.map(({ aspect }) => aspect) },
    isSample: () => isSample(database),
    readWorkspace: () => readWorkspace(database),
    sessions: createSessionStore(database),
    limit: createSignInLimit(database),
    passwords: createPasswords(),
    people: createPeopleStore(database),
    modelVersion: () => app.classifier.modelVersion,
    hints: config.aspects,
    learning: app.learning,
    corrections: app.corrections,
    reanalyses: app.reanalyses,
    silences: createSilenceStore(database),
    reloadConfig,
    backtests: createBacktests(app, app.processEnv),
    readMisroutes: (days) => readMisroutes(misroutesOf(database), days, clock()),
    aspectsOf,
    themes: createThemeReadModel(database),
    forming: { themes: createThemeStore(database), reader: createReader() },
    async readSpikes(departments) {
      const spikes = await readSpikes(database);
      return departments === 'all'
        ? spikes
        : spikes.filter(({ aspect }) => aspectsOf(departments).includes(aspect));
    },
    readConfig: async () => ({
      version: app.configVersionId,
      text: app.configText,
      refusal: await readRefusal(database),
    }),
    views: createViewStore(database),
    queryWorld: app.queryWorld,
    cases: createCaseStore(database),
    arbitration: arbitrationOf(app),
    caseReadModel: createCaseReadModel(database),
    mentionReadModel: createMentionReadModel(database),
    held: createHeldMentionStore(database),
    ledger: createDeliveryLedger(database),
    destinations: createDestinationStore(database),
    readSourceHealth: async () => (await sources.readFacts()).map((facts) => healthOf(facts, clock())),
    takeFromSlack: createSlackDoor(app),
    webFolder: WEB_FOLDER,
  };
}
