import type { RequestHandler } from 'express';
import { AppError } from '../lib/app-error.ts';

/** Whether a presented API key exists, is not revoked and carries the scope. */
export interface KeyCheck {
  check(key: string, scope: string): Promise<'ok' | 'unknown' | 'scope'>;
}

/** Lets a request through that carries `Authorization: Bearer KEY` with the scope. */
export function requireKey(keys: KeyCheck, scope: string): RequestHandler {
  return async (request, _response, next) => {
    const key = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
    if (!key)
      throw new AppError(
        'auth',
        'Send an API key as "Authorization: Bearer KEY"; `earshot keys add NAME` makes one',
      );
    const verdict = await keys.check(key, scope);
    if (verdict === 'unknown')
      throw new AppError(
        'auth',
        'This API key is not known or was revoked; `earshot keys add NAME` makes one',
      );
    if (verdict === 'scope')
      throw new AppError(
        'auth',
        `This API key lacks the scope "${scope}"; \`earshot keys add NAME --scope ${scope}\` makes one that has it`,
      );
    next();
  };
}
