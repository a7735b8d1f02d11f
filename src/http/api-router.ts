import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { z } from 'zod';
import { type Answer, API, type Api, type EndpointName } from '../contract/api.ts';
import type { Endpoint } from '../contract/endpoint.ts';
import type { Caller, Person } from '../domain/access.ts';
import { AppError } from '../lib/app-error.ts';
import { refuseForeign } from './csrf.ts';
import type { KeyCheck } from './require-key.ts';
import { requireKey } from './require-key.ts';
import { sessionToken } from './session-cookie.ts';
import { describeIssues, storable } from './storable-body.ts';

/** What a handler may send: an instant may still be a Date. */
export type Sent<T> = T extends string
  ? T | Date
  : T extends readonly (infer Item)[]
    ? readonly Sent<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Sent<T[Key]> }
      : T;

type Parsed<E, Part extends string> = E extends { readonly [P in Part]: infer S extends z.ZodType }
  ? z.output<S>
  : undefined;

/** Whom an endpoint's policy lets in. */
type CallerOf<E> = E extends { readonly policy: { readonly roles: 'anyone' } }
  ? Person | null
  : E extends { readonly policy: { readonly scope: string } }
    ? Caller
    : Person;

/** One request that may be answered: who asks and what was sent, checked. */
export interface Call<E> {
  readonly caller: CallerOf<E>;
  readonly params: Parsed<E, 'params'>;
  readonly query: Parsed<E, 'query'>;
  readonly body: Parsed<E, 'body'>;
  /** The session that the request carries, when it holds. */
  readonly session: string | null;
  readonly request: Request;
  readonly response: Response;
}

/** These answer by themselves. */
type OwnAnswer = 'pushMentions' | 'watch';
export type Handlers<Names extends EndpointName = Exclude<EndpointName, OwnAnswer>> = {
  readonly [Name in Names]: (call: Call<Api[Name]>) => Promise<Sent<Answer<Name>>>;
};

export interface AccessDeps {
  readonly keys: KeyCheck;
  readonly readSession: (token: string) => Promise<Person | null>;
  readonly publicUrl: string;
}

/** The most that a body of the API holds; the intake has its own. */
const MOST_BYTES = '256kb';

/** A router of every endpoint of the contract: each is asked for its policy first, then for what it was sent. */
export function apiRouter(
  deps: AccessDeps,
  handlers: Handlers & { readonly [Name in OwnAnswer]: RequestHandler | RequestHandler[] },
): Router {
  const router = express.Router();
  const parseJson = express.json({ limit: MOST_BYTES, strict: true });
  for (const name of Object.keys(API) as EndpointName[]) {
    const endpoint: Endpoint = API[name];
    const access = accessTo(endpoint, deps);
    const handler = handlers[name];
    if (name === 'pushMentions' || name === 'watch') {
      router[endpoint.method](endpoint.path, access, handler as RequestHandler | RequestHandler[]);
    } else {
      const answer = handler as (call: Call<unknown>) => Promise<unknown>;
      router[endpoint.method](endpoint.path, access, parseJson, async (request, response) => {
        const { caller, session } = response.locals as Admitted;
        const call = { caller, session, request, response, ...readRequest(endpoint, request) };
        response.status(endpoint.status ?? 200).json(await answer(call as Call<unknown>));
      });
    }
  }
  return router;
}

/** Who was let in; kept in `response.locals`. */
export interface Admitted {
  readonly caller: Caller | null;
  readonly session: string | null;
}

/** Lets in whom the policy names: an API key where the request carries one, else the person of its session. */
function accessTo(
  { policy, method }: Endpoint,
  { keys, readSession, publicUrl }: AccessDeps,
): RequestHandler {
  const { roles, scope } = policy;
  const withKey = scope === undefined ? null : requireKey(keys, scope);
  return async (request, response, next) => {
    if (withKey && (request.get('authorization') !== undefined || roles.length === 0)) {
      Object.assign(response.locals, { caller: 'key', session: null } satisfies Admitted);
      return withKey(request, response, next);
    }
    const token = sessionToken(request);
    const caller = token === null ? null : await readSession(token);
    const session = caller === null ? null : token;
    if (roles !== 'anyone') {
      if (caller === null) throw new AppError('auth', 'Sign in first');
      if (!roles.includes(caller.role))
        throw new AppError('forbidden', `This is for ${roles.join(', ')}; you are ${caller.role}`);
    }
    if (method !== 'get') refuseForeign(request, session, publicUrl);
    Object.assign(response.locals, { caller, session } satisfies Admitted);
    next();
  };
}

function readRequest({ params, query, body }: Endpoint, request: Request): object {
  return {
    params: params && readPath(params, request),
    query: query && read(query, request.query, 'query'),
    body: body && read(body, request.body ?? {}, 'body'),
  };
}

/** A path that cannot be meant leads nowhere. */
function readPath(schema: z.ZodType, { params, method, path }: Request): unknown {
  const parsed = schema.safeParse(params);
  if (!parsed.success) throw new AppError('not-found', `There is nothing at ${method} ${path}`);
  return parsed.data;
}

function read(schema: z.ZodType, given: unknown, whole: string): unknown {
  const parsed = schema.safeParse(storable(given));
  if (!parsed.success) throw new AppError('invalid-input', describeIssues(parsed.error.issues, whole));
  return parsed.data;
}
