import express, { type RequestHandler, type Router } from 'express';
import { AppError } from '../lib/app-error.ts';

interface HealthDeps {
  /** Resolves when the database answers. */
  readonly ping: () => Promise<void>;
  readonly metrics: { render(): Promise<string>; readonly contentType: string };
  readonly mayRead: RequestHandler;
}

/** `/healthz`: the process lives. `/readyz`: it can do its work. `/metrics`: Prometheus. */
export function healthRoutes({ ping, metrics, mayRead }: HealthDeps): Router {
  const router = express.Router();
  router.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  router.get('/readyz', async (_request, response) => {
    await ping().catch((cause: unknown) => {
      throw new AppError('unavailable', 'The database does not answer just now', { cause });
    });
    response.json({ status: 'ready' });
  });
  router.get('/metrics', mayRead, async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.render());
  });
  return router;
}
