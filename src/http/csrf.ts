import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { CSRF_HEADER } from '../contract/endpoint.ts';
import { AppError } from '../lib/app-error.ts';

/** Before one is signed in there is nothing to bind a token to; that the header is there is what no foreign page can do. */
const SIGNED_OUT = 'signed-out';

/** The token that changes within a session have to carry; a page learns it from an answer, which only our own can read. */
export function csrfToken(session: string | null): string {
  return session === null ? SIGNED_OUT : createHmac('sha256', session).update('csrf').digest('base64url');
}

/**
 * Refuses a change that a foreign page may have caused a browser to send: one from another site by the browser's own word, without
 * our token, or with a body that a plain form can send. Throws AppError `forbidden`.
 */
export function refuseForeign(request: Request, session: string | null, publicUrl: string): void {
  const site = request.get('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin')
    throw new AppError('forbidden', 'This change was asked for by another site');
  const origin = request.get('origin');
  const ours = [request.get('host')?.toLowerCase(), hostOf(publicUrl)];
  if (origin !== undefined && !ours.includes(hostOf(origin) ?? ''))
    throw new AppError('forbidden', 'This change was asked for by a page of another address');
  if (!/^application\/json *(;|$)/i.test(request.get('content-type') ?? 'application/json'))
    throw new AppError('forbidden', 'Send a JSON body with "Content-Type: application/json"');
  if (!isSame(request.get(CSRF_HEADER) ?? '', csrfToken(session)))
    throw new AppError(
      'forbidden',
      'The X-CSRF-Token header is missing or of another session; GET /api/v1/session gives the one that holds',
    );
}

function hostOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).host : undefined;
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
