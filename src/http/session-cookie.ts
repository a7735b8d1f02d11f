import type { Request, Response } from 'express';
import { AppError } from '../lib/app-error.ts';
import { hasLocalName } from './local-request.ts';

/**
 * The `__Host-` prefix makes the browser keep it for this host and https alone. Over http it would never come back, so at the
 * machine itself a plain one is used; its name differs, so that neither is taken for the other.
 */
const SECURE = '__Host-earshot';
const PLAIN = 'earshot';

/** The token of the session that the request carries, or null. */
export function sessionToken(request: Request): string | null {
  const name = hasLocalName(request) ? PLAIN : SECURE;
  for (const pair of (request.get('cookie') ?? '').split(';')) {
    const [key, value = ''] = pair.trim().split('=');
    if (key === name && /^[\w-]{43}$/.test(value)) return value;
  }
  return null;
}

/** Throws AppError `forbidden` where the cookie would cross a network in the clear. */
export function setSession(
  request: Request,
  response: Response,
  { token, isHttps }: { token: string; isHttps: boolean },
): void {
  refuseInTheClear(request, isHttps);
  response.append('Set-Cookie', cookie(request, token));
}

export function clearSession(request: Request, response: Response): void {
  response.append('Set-Cookie', `${cookie(request, '')}; Max-Age=0`);
}

/** To be asked before anything is checked, so that a password is not typed in vain. */
export function refuseInTheClear(request: Request, isHttps: boolean): void {
  if (!hasLocalName(request) && !isHttps)
    throw new AppError(
      'forbidden',
      'Signing in from another machine needs https: put a proxy with TLS in front and set EARSHOT_URL to its https:// address',
    );
}

function cookie(request: Request, value: string): string {
  const attributes = 'Path=/; HttpOnly; SameSite=Lax';
  return hasLocalName(request)
    ? `${PLAIN}=${value}; ${attributes}`
    : `${SECURE}=${value}; ${attributes}; Secure`;
}
