import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, fit for a cookie, a link or a header: 43 characters. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token: it can be recognised by it and not made from it. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
