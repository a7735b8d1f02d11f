import express, { type RequestHandler, type Router } from 'express';

interface HealthDeps {
  /** Resolves when the database answers; throws AppError `unavailable` when it does not, soon. */
  readonly ping: () => Promise<void>;
  /** Whether wake-ups can be queued; without that work only waits a few seconds longer. */
  readonly queueAnswers: () => Promise<boolean>;
  readonly metrics: { render(): Promise<string>; readonly contentType: string };
  readonly mayRead: RequestHandler;
}

/** `/healthz`: the process lives. `/readyz`: it can do its work. `/metrics`: Prometheus. */
export function healthRoutes({ ping, queueAnswers, metrics, mayRead }: HealthDeps): Router {
  const router = express.Router();
  router.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  router.get('/readyz', async (_request, response) => {
    await ping();
    const queue = (await queueAnswers()) ? 'ok' : 'degraded';
    response.json({ status: 'ready', database: 'ok', queue });
  });
  router.get('/metrics', mayRead, async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.render());
  });
  return router;
}
