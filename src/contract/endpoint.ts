import type { z } from 'zod';
import type { Role, Scope } from '../domain/access.ts';

/** Who may call an endpoint; what of it they see is then a matter of their departments. */
export interface Policy {
  readonly roles: 'anyone' | readonly Role[];
  /** The scope of API keys that may call it as well; without one no key may. */
  readonly scope?: Scope;
}

/** One endpoint of the API: what goes in, what comes out, who may. Names in `path` are written `:name`. */
export interface Endpoint {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly policy: Policy;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answer: z.ZodType;
  /** Default 200. */
  readonly status?: 201 | 202;
  /** Default application/json. */
  readonly media?: string;
}

/** A browser sends this header with every request that changes something; its value stands in the answer of `getSession`. */
export const CSRF_HEADER = 'x-csrf-token';

const EVERYBODY = ['admin', 'executive', 'lead', 'agent'] as const;

export const ANYONE = { roles: 'anyone' } as const satisfies Policy;
export const SIGNED_IN = { roles: EVERYBODY } as const satisfies Policy;
export const READERS = { roles: EVERYBODY, scope: 'read' } as const satisfies Policy;
/** Who reads what belongs to no department. */
export const OVERSEERS = {
  roles: ['admin', 'executive', 'lead'],
  scope: 'read',
} as const satisfies Policy;
/** Who handles cases; an executive only decides on those that were passed on twice. */
export const HANDLERS = { roles: EVERYBODY } as const satisfies Policy;
export const LEADS = { roles: ['admin', 'lead'] } as const satisfies Policy;
export const ADMINS = { roles: ['admin'] } as const satisfies Policy;
/** Other systems that push what they heard. */
export const INTAKE = { roles: [], scope: 'intake' } as const satisfies Policy;
