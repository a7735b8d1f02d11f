import { z } from 'zod';
import { ROLES, SCOPES } from '../domain/access.ts';
import { Done, Id, Instant, Line } from './common.ts';
import { ADMINS, type Endpoint } from './endpoint.ts';
import { Email } from './session.ts';

const PEOPLE = 'People and keys';
const Departments = z.array(z.string().min(1).max(64)).max(100);
const ById = z.object({ id: Id });

export const PersonRow = z
  .object({
    id: Id,
    name: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
    departments: z.array(z.string()),
    /** Has chosen a password. */
    isReady: z.boolean(),
    isDisabled: z.boolean(),
    createdAt: Instant,
    lastSeenAt: Instant.nullable(),
  })
  .meta({ id: 'Person' });
export type PersonRow = z.infer<typeof PersonRow>;

export const Invitation = z
  .object({
    person: PersonRow,
    /** Works once; shown this once. */
    link: z.string(),
    expiresAt: Instant,
  })
  .meta({ id: 'Invitation' });

export const KeyRow = z
  .object({
    id: Id,
    name: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    createdAt: Instant,
    lastUsedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: 'ApiKey' });
export type KeyRow = z.infer<typeof KeyRow>;

export const peopleEndpoints = {
  listPeople: {
    method: 'get',
    path: '/api/v1/people',
    tag: PEOPLE,
    summary: 'Everybody who may sign in',
    policy: ADMINS,
    answer: z.object({ people: z.array(PersonRow) }),
  },
  addPerson: {
    method: 'post',
    path: '/api/v1/people',
    tag: PEOPLE,
    summary: 'Add a person; the answer has the link by which they choose a password',
    policy: ADMINS,
    body: z.strictObject({
      email: Email,
      name: Line(200),
      role: z.enum(ROLES),
      departments: Departments,
    }),
    answer: Invitation,
    status: 201,
  },
  invitePerson: {
    method: 'post',
    path: '/api/v1/people/:id/invitation',
    tag: PEOPLE,
    summary: 'A new link to choose a password, for who lost it; older links stop working',
    policy: ADMINS,
    params: ById,
    answer: Invitation,
    status: 201,
  },
  changePerson: {
    method: 'patch',
    path: '/api/v1/people/:id',
    tag: PEOPLE,
    summary:
      'Change name, role or departments, or disable; the person is signed out. The last administrator stays one',
    policy: ADMINS,
    params: ById,
    body: z.strictObject({
      name: Line(200).optional(),
      role: z.enum(ROLES).optional(),
      departments: Departments.optional(),
      isDisabled: z.boolean().optional(),
    }),
    answer: PersonRow,
  },
  listKeys: {
    method: 'get',
    path: '/api/v1/keys',
    tag: PEOPLE,
    summary: 'API keys, without the keys themselves',
    policy: ADMINS,
    answer: z.object({ keys: z.array(KeyRow) }),
  },
  addKey: {
    method: 'post',
    path: '/api/v1/keys',
    tag: PEOPLE,
    summary: 'Make an API key; it is shown this once',
    policy: ADMINS,
    body: z.strictObject({ name: Line(100), scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length) }),
    answer: z.object({ id: Id, key: z.string() }),
    status: 201,
  },
  revokeKey: {
    method: 'delete',
    path: '/api/v1/keys/:id',
    tag: PEOPLE,
    summary: 'Revoke an API key for good',
    policy: ADMINS,
    params: ById,
    answer: Done,
  },
} satisfies Record<string, Endpoint>;
