import type { Request, Response } from 'express';
import type { Answer } from '../../contract/api.ts';
import { type Person, visibleDepartments } from '../../domain/access.ts';
import type { WorkspaceFacts } from '../../domain/ports/workspace-facts.ts';
import { AppError } from '../../lib/app-error.ts';
import {
  acceptInvitation,
  changePassword,
  makeAdministrator,
  type Origin,
  type SignInDeps,
  signIn,
  signInToSample,
} from '../../pipeline/sign-in.ts';
import type { Handlers } from '../api-router.ts';
import { csrfToken } from '../csrf.ts';
import { isLocal } from '../local-request.ts';
import { clearSession, refuseInTheClear, sessionToken, setSession } from '../session-cookie.ts';

export interface SessionDeps extends SignInDeps {
  readonly workspace: { readonly name: string; readonly zone: string; readonly aspects: readonly string[] };
  /** EARSHOT_URL. */
  readonly publicUrl: string;
  /** Whether the server listens on loopback alone; only then can there be a click that signs in. */
  readonly isLoopbackOnly: boolean;
  readonly isSample: () => Promise<boolean>;
  readonly readWorkspace: () => Promise<WorkspaceFacts>;
}

type Names =
  | 'getSession'
  | 'signIn'
  | 'signInToDemo'
  | 'makeAdministrator'
  | 'acceptInvitation'
  | 'signOut'
  | 'signOutEverywhere'
  | 'changePassword'
  | 'getWorkspace';

interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

export function sessionHandlers(deps: SessionDeps): Handlers<Names> {
  const { sessions, publicUrl } = deps;
  const isHttps = publicUrl.startsWith('https://');
  const describe = async (
    request: Request,
    me: Person | null,
    session: string | null,
  ): Promise<Answer<'getSession'>> => {
    const isSample = await deps.isSample();
    return {
      me: me && { ...me, departments: [...me.departments] },
      csrfToken: csrfToken(session),
      workspace: { name: deps.workspace.name, isSample },
      canDemo: isSample && deps.isLoopbackOnly && isLocal(request),
      needsAdministrator: await sessions.needsAdministrator(),
    };
  };
  /** Gives the new session's cookie and says who is signed in now. */
  const begin = async (
    { request, response }: Exchange,
    open: (origin: Origin) => Promise<string>,
  ): Promise<Answer<'signIn'>> => {
    refuseInTheClear(request, isHttps);
    const address = request.socket.remoteAddress ?? '';
    const token = await open({ address, token: sessionToken(request) });
    setSession(request, response, { token, isHttps });
    return describe(request, await sessions.read(token), token);
  };
  return {
    getSession: ({ request, caller, session }) => describe(request, caller, session),
    signIn: ({ body, ...exchange }) => begin(exchange, (origin) => signIn(deps, body, origin)),
    signInToDemo: async ({ body, ...exchange }) => {
      if (!deps.isLoopbackOnly || !isLocal(exchange.request))
        throw new AppError('forbidden', 'One click signs in at the machine itself alone');
      return begin(exchange, (origin) => signInToSample(deps, body.role, origin));
    },
    makeAdministrator: ({ body, ...exchange }) =>
      begin(exchange, (origin) => makeAdministrator(deps, body, origin)),
    acceptInvitation: ({ body, ...exchange }) =>
      begin(exchange, (origin) => acceptInvitation(deps, body, origin)),
    async signOut({ request, response, session }) {
      if (session !== null) await sessions.end(session);
      clearSession(request, response);
      return { done: true };
    },
    async signOutEverywhere({ request, response, caller }) {
      await sessions.endAllOf(caller.id);
      clearSession(request, response);
      return { done: true };
    },
    changePassword: ({ body, caller, ...exchange }) =>
      begin(exchange, (origin) => changePassword(deps, { person: caller, ...body }, origin)),
    async getWorkspace({ caller }) {
      const { departments, tiers, sources } = await deps.readWorkspace();
      const visible = visibleDepartments(caller);
      const { name, zone, aspects } = deps.workspace;
      return {
        name,
        zone,
        aspects,
        tiers,
        sources,
        departments: departments.map(({ members, ...department }) => {
          const isVisible = visible === 'all' || visible.includes(department.name);
          return { ...department, isVisible, members: isVisible ? members : [] };
        }),
      };
    },
  };
}
