import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type Router } from 'express';
import { AppError } from '../lib/app-error.ts';

/** What the built page has where the nonce of its styles belongs. */
const NONCE = '__CSP_NONCE__';

/** Paths that are no pages, whatever a browser asks for. */
const NO_PAGE = /^\/(api|assets|healthz|readyz|metrics)(\/|$)/;

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
    const nonce = randomBytes(16).toString('base64');
    response.set('Content-Security-Policy', policy(nonce)).type('html').send(page.replaceAll(NONCE, nonce));
  });
  return router;
}

/** Only what we built runs, nothing comes from elsewhere, and styles that the components make carry the nonce. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}
