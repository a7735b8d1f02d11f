import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { SessionStore } from '../domain/ports/identity-store.ts';
import { AppError } from '../lib/app-error.ts';
import type { IngestDeps } from '../pipeline/ingest-page.ts';
import { apiRouter } from './api-router.ts';
import { boundedWait } from './bounded-wait.ts';
import { docsRoutes } from './docs.ts';
import { answerErrors } from './error-answer.ts';
import { type AnalysisDeps, analysisHandlers } from './handlers/analysis-handlers.ts';
import { type CaseDeps, caseHandlers } from './handlers/case-handlers.ts';
import { type ConfigDeps, configHandlers } from './handlers/config-handlers.ts';
import { type DigestHandlerDeps, digestHandlers } from './handlers/digest-handlers.ts';
import { type MentionDeps, mentionHandlers } from './handlers/mention-handlers.ts';
import { type OperationDeps, operationHandlers } from './handlers/operation-handlers.ts';
import { type PeopleDeps, peopleHandlers } from './handlers/people-handlers.ts';
import { type SessionDeps, sessionHandlers } from './handlers/session-handlers.ts';
import { type SilenceDeps, silenceHandlers } from './handlers/silence-handlers.ts';
import { type SpikeDeps, spikeHandlers } from './handlers/spike-handlers.ts';
import { subscriptionHandlers } from './handlers/subscription-handlers.ts';
import { type ThemeDeps, themeHandlers } from './handlers/theme-handlers.ts';
import { type ViewDeps, viewHandlers } from './handlers/view-handlers.ts';
import { healthRoutes } from './health.ts';
import { takeMentions } from './intake.ts';
import { type LiveDeps, liveStream } from './live-stream.ts';
import { localOrKey } from './local-request.ts';
import type { KeyCheck } from './require-key.ts';
import { type SlackDeps, slackRoutes } from './slack.ts';
import { subscriptionPages } from './subscription-pages.ts';
import { webApp } from './web-app.ts';

export interface HttpDeps
  extends IngestDeps,
    SessionDeps,
    PeopleDeps,
    CaseDeps,
    MentionDeps,
    OperationDeps,
    AnalysisDeps,
    SilenceDeps,
    ViewDeps,
    ConfigDeps,
    SlackDeps,
    SpikeDeps,
    ThemeDeps,
    Pick<LiveDeps, 'live' | 'heartbeatMs'> {
  readonly log: Logger;
  readonly keys: KeyCheck;
  readonly sessions: SessionStore;
  readonly digests: DigestHandlerDeps;
  /** See `healthRoutes`. */
  readonly ping: () => Promise<void>;
  readonly queueAnswers: () => Promise<boolean>;
  readonly metrics: { render(): Promise<string>; readonly contentType: string };
  /** Where the built pages are. */
  readonly webFolder: string;
}

/** The HTTP face: the API, its docs, the pages, health. It listens nowhere by itself. */
export function createHttpApp(deps: HttpDeps): Express {
  const { sessions, keys, publicUrl, live, heartbeatMs } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', false);
  app.use(headers());
  app.use(
    pinoHttp({
      logger: deps.log,
      customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'error' : 'debug'),
      serializers: {
        req: ({ id, method, url }) => ({ id, method, url }),
        res: ({ statusCode }) => ({ statusCode }),
      },
    }),
  );
  const answer = answerErrors(deps.log);
  app.use(boundedWait(deps.ping, answer));
  app.use(healthRoutes({ ...deps, mayRead: localOrKey(keys) }));
  app.use(
    apiRouter(
      { keys, publicUrl, readSession: sessions.read },
      {
        ...sessionHandlers(deps),
        ...peopleHandlers(deps),
        ...caseHandlers(deps),
        ...mentionHandlers(deps),
        ...digestHandlers(deps.digests),
        ...operationHandlers(deps),
        ...analysisHandlers(deps),
        ...silenceHandlers(deps),
        ...spikeHandlers(deps),
        ...subscriptionHandlers({ ...deps.digests, wake: deps.wake }),
        ...themeHandlers(deps),
        ...viewHandlers(deps),
        ...configHandlers(deps),
        pushMentions: takeMentions(deps),
        watch: liveStream({
          live,
          isAlive: sessions.isAlive,
          ...(heartbeatMs === undefined ? {} : { heartbeatMs }),
        }),
      },
    ),
  );
  app.use(slackRoutes(deps));
  app.use(subscriptionPages(deps.digests));
  app.use(docsRoutes());
  app.use(webApp(deps.webFolder));
  app.use((request) => {
    throw new AppError('not-found', `There is nothing at ${request.method} ${request.path}`);
  });
  app.use(answer);
  return app;
}

/** What every answer forbids; a page that needs more says so itself. Nothing is kept, unless its name changes with its content. */
function headers(): RequestHandler[] {
  return [
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          formAction: ["'none'"],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
        },
      },
      strictTransportSecurity: false,
    }),
    (_request, response, next) => {
      response.set('Cache-Control', 'no-store');
      next();
    },
  ];
}
