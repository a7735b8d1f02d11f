import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { AppError } from '../lib/app-error.ts';
import type { Clock } from '../lib/clock.ts';
import type { IngestDeps } from '../pipeline/ingest-page.ts';
import { boundedWait } from './bounded-wait.ts';
import { answerErrors } from './error-answer.ts';
import { healthRoutes } from './health.ts';
import { intakeRoutes } from './intake.ts';
import { localOrKey } from './local-or-key.ts';
import { type PageDeps, pageRoutes } from './pages/page-routes.ts';
import type { KeyCheck } from './require-key.ts';

export interface HttpDeps extends IngestDeps {
  readonly log: Logger;
  readonly clock: Clock;
  readonly keys: KeyCheck;
  /** See `healthRoutes`. */
  readonly ping: () => Promise<void>;
  readonly queueAnswers: () => Promise<boolean>;
  readonly metrics: { render(): Promise<string>; readonly contentType: string };
  readonly pages: PageDeps;
}

/** The HTTP face: intake, pages, health. It listens nowhere by itself. */
export function createHttpApp(deps: HttpDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', false);
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          styleSrc: ["'unsafe-inline'"],
          imgSrc: ["'self'"],
          formAction: ["'none'"],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
        },
      },
      strictTransportSecurity: false,
    }),
  );
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
  app.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  const answer = answerErrors(deps.log);
  app.use(boundedWait(deps.ping, answer));
  const mayRead = localOrKey(deps.keys);
  app.use(healthRoutes({ ...deps, mayRead }));
  app.use(intakeRoutes(deps));
  app.use(pageRoutes(deps.pages, mayRead));
  app.use((request) => {
    throw new AppError('not-found', `There is nothing at ${request.method} ${request.path}`);
  });
  app.use(answer);
  return app;
}
