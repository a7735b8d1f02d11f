import type { EarshotConfig } from '../config/config.ts';
import { type Environment, type ProcessEnv, readEnv } from '../config/env.ts';
import type { FindEntities } from '../domain/entity.ts';
import type { AccountStore } from '../domain/ports/account-store.ts';
import type { CorrectionStore } from '../domain/ports/correction-store.ts';
import type { DeliveryStore } from '../domain/ports/delivery-store.ts';
import type { LearningStore } from '../domain/ports/learning-store.ts';
import type { LiveEvents } from '../domain/ports/live-events.ts';
import type { MentionStore } from '../domain/ports/mention-store.ts';
import type { ReanalysisStore } from '../domain/ports/reanalysis-store.ts';
import type { RoutingStore } from '../domain/ports/routing-store.ts';
import type { SourceStore } from '../domain/ports/source-store.ts';
import type { WakeUp } from '../domain/ports/wake-up.ts';
import { createCleanup } from '../lib/cleanup.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import { createHttpClient, type HttpClient } from '../lib/http-client.ts';
import type { DigestDeps } from '../pipeline/run-digests.ts';
import { openQueues, type Queues } from '../queue/queues.ts';
import type { QueryWorld } from '../routing/parse-query.ts';
import { createAccountStore } from '../store/account-store.ts';
import { createCorrectionStore } from '../store/correction-store.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { createDeliveryStore } from '../store/delivery-store.ts';
import { createDigestReadModel } from '../store/digest-read-model.ts';
import { createDigestRunStore } from '../store/digest-run-store.ts';
import { createLearningStore } from '../store/learning-store.ts';
import { createLiveEvents } from '../store/live-events.ts';
import { createMentionStore } from '../store/mention-store.ts';
import { createReanalysisStore } from '../store/reanalysis-store.ts';
import { createRoutingStore } from '../store/routing-store.ts';
import { createSourceStore } from '../store/source-store.ts';
import { createSubscriptionStore } from '../store/subscription-store.ts';
import { findConfig, putInForce } from './config-in-force.ts';
import { createDestinations, type Destinations } from './destinations.ts';
import { digestSettings } from './digests.ts';
import { createEntityFinders } from './entity-finders.ts';
import { createListeners, type Listeners } from './listeners.ts';
import { createLogger, type Logger } from './logger.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { dataFolderOf, openServer } from './open-database.ts';
import { createTaughtClassifier, type TaughtClassifier } from './taught-classifier.ts';

/** Everything a command, the API or the workers need, opened and wired. */
export interface App {
  readonly env: Environment;
  /** What fills in the variables of a config. */
  readonly processEnv: ProcessEnv;
  readonly log: Logger;
  readonly clock: Clock;
  readonly config: EarshotConfig;
  readonly configVersionId: number;
  readonly configText: string;
  readonly database: Database;
  readonly dataFolder: string;
  readonly queues: Queues;
  readonly wake: WakeUp;
  readonly classifier: TaughtClassifier;
  readonly corrections: CorrectionStore;
  readonly learning: LearningStore;
  readonly reanalyses: ReanalysisStore;
  readonly entityFinder: () => Promise<FindEntities>;
  /** What query words mean just now. */
  readonly queryWorld: () => QueryWorld;
  readonly mentions: MentionStore;
  readonly routing: RoutingStore;
  readonly deliveries: DeliveryStore;
  /** Guarded client for what the config names. */
  readonly http: HttpClient;
  readonly destinations: Destinations;
  readonly sources: SourceStore;
  readonly listeners: Listeners;
  readonly accounts: AccountStore;
  readonly digests: DigestDeps;
  readonly metrics: Metrics;
  /** Hears of changes by other processes; connects when somebody subscribes. */
  readonly live: LiveEvents;
  /** Idempotent; what was opened last is closed first. */
  close(): Promise<void>;
}

interface AppOptions {
  readonly processEnv: ProcessEnv;
  readonly clock?: Clock;
  /** Runs on the migrated database before anything is written; throws when it is not the right one. */
  readonly guard?: (database: Database) => Promise<void>;
}

/** Loopback may be reached because only the operator's earshot.yaml names sources and destinations (docs/decisions/0004). */
const LOOPBACK = ['127.0.0.0/8', '::1/128'];

/**
 * The composition root: opens the database (starting the embedded one when there is no other), migrates, settles the config, and
 * wires stores, queue, classifier and receivers. Throws AppError with a message for the operator; nothing then stays open.
 */
export async function openApp({ processEnv, clock = systemClock, guard }: AppOptions): Promise<App> {
  const env = readEnv(processEnv);
  const log = createLogger(env.logLevel);
  const dataFolder = dataFolderOf(env);
  const cleanup = createCleanup();
  try {
    const server = await openServer(env);
    cleanup.add('database server', server.close);
    const database = openDatabase(server.url);
    cleanup.add('database connections', database.close);
    await guard?.(database);
    const found = await findConfig(database, env, processEnv);
    const { config } = found;

    const queues = await openQueues(
      env.redisUrl ? { kind: 'redis', url: env.redisUrl.reveal() } : { kind: 'postgres', url: server.url },
      {
        onAway: (error) => log.warn({ err: error }, 'the queue is away; work waits to be found in Postgres'),
        onBack: () => log.info('the queue is back'),
      },
    );
    cleanup.add('queues', queues.close);

    const learning = createLearningStore(database);
    const classifier = await createTaughtClassifier({
      sql: database,
      learning,
      hints: config.aspects,
    });
    cleanup.add('classifier', () => classifier.close());

    const privateNetworks = [...LOOPBACK, ...config.workspace.privateNetworks];
    const http = createHttpClient({ privateNetworks });
    cleanup.add('http client', () => http.close());
    const destinations = createDestinations(config, {
      http,
      dataDir: dataFolder,
      clock,
      privateNetworks,
    });
    cleanup.add('receivers', destinations.close);
    const { configFile } = env;
    const listeners = createListeners(config, { http, now: clock, privateNetworks, configFile });
    cleanup.add('sources', listeners.close);
    // Only now: a receiver that cannot be made is a fault of the config like any other, and what was in force stays so.
    const configVersionId = await putInForce(database, found);

    const live = createLiveEvents({
      databaseUrl: server.url,
      onError: (error) => log.warn({ err: error }, 'live events broke off'),
    });
    cleanup.add('live events', live.close);

    const sources = createSourceStore(database);
    const versions = () => ({ modelVersionId: classifier.modelVersionId, configVersionId });
    return {
      env,
      processEnv,
      log,
      clock,
      config,
      configVersionId,
      configText: found.text,
      database,
      dataFolder,
      queues,
      wake: queues.wake,
      classifier,
      corrections: createCorrectionStore(database),
      learning,
      reanalyses: createReanalysisStore(database, versions),
      entityFinder: createEntityFinders(database, config.entities, clock),
      queryWorld: () => ({
        now: clock(),
        zone: config.workspace.timezone,
        aspects: config.aspects.map(({ aspect }) => aspect),
        departments: config.departments.map(({ name }) => name),
      }),
      mentions: createMentionStore(database, versions),
      routing: createRoutingStore(database, () => configVersionId),
      deliveries: createDeliveryStore(database),
      http,
      destinations,
      sources,
      listeners,
      accounts: createAccountStore(database),
      digests: {
        readModel: createDigestReadModel(database),
        runs: createDigestRunStore(database),
        subscriptions: createSubscriptionStore(database),
        settings: digestSettings({ config, configVersionId, publicUrl: env.publicUrl, destinations }),
        wake: queues.wake,
      },
      metrics: createMetrics(database, sources, clock),
      live,
      close: () => cleanup.run(),
    };
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}
