import type { Invitation, PeopleStore } from '../../domain/ports/identity-store.ts';
import type { Handlers } from '../api-router.ts';

export interface PeopleDeps {
  readonly people: PeopleStore;
  /** EARSHOT_URL, which links that people are sent begin with. */
  readonly publicUrl: string;
}

type Names =
  | 'listPeople'
  | 'addPerson'
  | 'invitePerson'
  | 'changePerson'
  | 'listKeys'
  | 'addKey'
  | 'revokeKey';

export function peopleHandlers({ people, publicUrl }: PeopleDeps): Handlers<Names> {
  const shown = ({ person, token, expiresAt }: Invitation) => ({
    person,
    expiresAt,
    link: invitationLink(publicUrl, token),
  });
  return {
    listPeople: async () => ({ people: await people.list() }),
    addPerson: async ({ body, caller }) => shown(await people.add(body, caller.email)),
    invitePerson: async ({ params, caller }) => shown(await people.invite(params.id, caller.email)),
    changePerson: ({ params, body, caller }) => people.change(params.id, body, caller.email),
    listKeys: async () => ({ keys: await people.listKeys() }),
    addKey: ({ body, caller }) => people.addKey(body, caller.email),
    async revokeKey({ params, caller }) {
      await people.revokeKey(params.id, caller.email);
      return { done: true };
    },
  };
}

/** The token stands behind the `#`, so that no server and no log on the way sees it. */
export function invitationLink(publicUrl: string, token: string): string {
  return `${publicUrl}/invitation#${token}`;
}
