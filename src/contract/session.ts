import { z } from 'zod';
import { ROLES } from '../domain/access.ts';
import { Done, Id, Line, PersonRef } from './common.ts';
import { ANYONE, type Endpoint, SIGNED_IN } from './endpoint.ts';

export type { Role } from '../domain/access.ts';

const SESSION = 'Signing in';

/** 12 characters at least; Unicode and blanks are kept as typed. */
export const NewPassword = z
  .string()
  .min(12, 'has fewer than 12 characters')
  .max(1_000, 'has more than 1000 characters');
const Password = z.string().min(1).max(1_000);
const Token = z.string().regex(/^[\w-]{43}$/, 'is no token of ours');
export const Email = z.email('is no mail address').max(320).toLowerCase();

export const Me = z
  .object({
    id: Id,
    name: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
    /** The departments the person belongs to; an administrator and an executive see all whatever stands here. */
    departments: z.array(z.string()),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof Me>;

export const Session = z
  .object({
    /** Null: nobody is signed in. */
    me: Me.nullable(),
    /** To be sent as `X-CSRF-Token` with every request that changes something. It changes when one signs in. */
    csrfToken: z.string(),
    workspace: z.object({ name: z.string(), isSample: z.boolean() }),
    /** Whether one click signs in here: the sample workspace, opened at the machine it runs on. */
    canDemo: z.boolean(),
    /** Whether the workspace still waits for its administrator, who is made by the link that `earshot start` prints. */
    needsAdministrator: z.boolean(),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

export const Workspace = z
  .object({
    name: z.string(),
    /** IANA zone. */
    zone: z.string(),
    aspects: z.array(z.string()),
    departments: z.array(
      z.object({
        name: z.string(),
        aspects: z.array(z.string()),
        /** Whether the caller may see its cases. */
        isVisible: z.boolean(),
        /** Whom a case can be assigned to; empty where not visible. */
        members: z.array(PersonRef),
      }),
    ),
    /** Tiers of accounts and names of sources, to filter by. */
    tiers: z.array(z.string()),
    sources: z.array(z.string()),
  })
  .meta({ id: 'Workspace' });
export type Workspace = z.infer<typeof Workspace>;

export const sessionEndpoints = {
  getSession: {
    method: 'get',
    path: '/api/v1/session',
    tag: SESSION,
    summary: 'Who is signed in, and the token that changes need',
    policy: ANYONE,
    answer: Session,
  },
  signIn: {
    method: 'post',
    path: '/api/v1/session',
    tag: SESSION,
    summary:
      'Sign in. 401 for a wrong address or password, 429 with Retry-After after ten wrong ones from one address',
    policy: ANYONE,
    body: z.strictObject({ email: Email, password: Password }),
    answer: Session,
  },
  signInToDemo: {
    method: 'post',
    path: '/api/v1/session/demo',
    tag: SESSION,
    summary: 'Sign in to the sample workspace with one click; refused elsewhere',
    policy: ANYONE,
    body: z.strictObject({ role: z.enum(['executive', 'lead', 'admin']) }),
    answer: Session,
  },
  makeAdministrator: {
    method: 'post',
    path: '/api/v1/session/first-run',
    tag: SESSION,
    summary: 'Become the first administrator with the token of the link /first-run#TOKEN',
    policy: ANYONE,
    body: z.strictObject({ token: Token, name: Line(200), email: Email, password: NewPassword }),
    answer: Session,
  },
  acceptInvitation: {
    method: 'post',
    path: '/api/v1/session/invitation',
    tag: SESSION,
    summary: 'Choose a password with the token of the link /invitation#TOKEN, and be signed in',
    policy: ANYONE,
    body: z.strictObject({ token: Token, password: NewPassword }),
    answer: Session,
  },
  signOut: {
    method: 'delete',
    path: '/api/v1/session',
    tag: SESSION,
    summary: 'Sign out here',
    policy: SIGNED_IN,
    answer: Done,
  },
  signOutEverywhere: {
    method: 'delete',
    path: '/api/v1/sessions',
    tag: SESSION,
    summary: 'Sign out on every device',
    policy: SIGNED_IN,
    answer: Done,
  },
  changePassword: {
    method: 'put',
    path: '/api/v1/session/password',
    tag: SESSION,
    summary: 'Choose another password; every other device is signed out and this one gets a new session',
    policy: SIGNED_IN,
    body: z.strictObject({ current: Password, next: NewPassword }),
    answer: Session,
  },
  getWorkspace: {
    method: 'get',
    path: '/api/v1/workspace',
    tag: SESSION,
    summary: 'Departments with their members, aspects, and what lists can be filtered by',
    policy: SIGNED_IN,
    answer: Workspace,
  },
} satisfies Record<string, Endpoint>;
