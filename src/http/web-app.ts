import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type Router } from 'express';
import { AppError } from '../lib/app-error.ts';

/** Paths that are no pages, whatever a browser asks for. */
const NO_PAGE = /^\/(api|assets|healthz|readyz|metrics)(\/|$)/;

/** Only what we built runs and styles, and nothing comes from elsewhere. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/**
 * The built pages: assets, whose names change with their content, and one document for every address that a browser asks for, since
 * the app in it shows what belongs there. They hold no data; that comes from the API to who is signed in.
 */
export function webApp(folder: string): Router {
  const router = express.Router();
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), {
      index: false,
      setHeaders: (response) => response.setHeader('Cache-Control', 'public, max-age=31536000, immutable'),
    }),
  );
  router.use(express.static(folder, { index: false, cacheControl: false }));
  router.get('/{*path}', async (request, response, next) => {
    if (NO_PAGE.test(request.path) || !request.get('accept')?.includes('text/html')) return next();
    const page = await readFile(join(folder, 'index.html'), 'utf8').catch((cause: unknown) => {
      throw new AppError('unavailable', 'The pages are not built; run `npm run build` and start again', {
        cause,
      });
    });
    response.set('Content-Security-Policy', POLICY).type('html').send(page);
  });
  return router;
}
