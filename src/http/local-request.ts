import type { Request, RequestHandler } from 'express';
import { AppError } from '../lib/app-error.ts';
import { type KeyCheck, requireKey } from './require-key.ts';

const LOOPBACK = /^(::1|127\.|::ffff:127\.)/;
const LOCAL_NAME = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;
/** A proxy sets at least one of them; nobody at this machine does. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * Whether the request comes from this machine: who connects from loopback and asked for a loopback name, without a proxy. A
 * foreign name means a proxy in front or a page that rebinds DNS.
 */
export function isLocal(request: Request): boolean {
  return (
    LOOPBACK.test(request.socket.remoteAddress ?? '') &&
    hasLocalName(request) &&
    !PROXY_HEADERS.some((name) => request.get(name))
  );
}

/** Whether the browser asked for a name of its own machine; what it sends there crosses no network that others hear. */
export function hasLocalName(request: Request): boolean {
  return LOCAL_NAME.test(request.get('host') ?? '');
}

/** Lets the operator at this machine read without a key, everybody else with one of scope `read`. */
export function localOrKey(keys: KeyCheck): RequestHandler {
  const withKey = requireKey(keys, 'read');
  return (request, response, next) => {
    if (isLocal(request)) return next();
    if (!request.get('authorization'))
      throw new AppError(
        'auth',
        'Reading from another machine needs an API key of scope "read" as "Authorization: Bearer KEY"',
      );
    return withKey(request, response, next);
  };
}
