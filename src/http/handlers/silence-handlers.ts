import type { Silence } from '../../contract/silences.ts';
import type { Person } from '../../domain/access.ts';
import type { Backtests } from '../../domain/ports/backtests.ts';
import type { SilenceRow } from '../../domain/ports/silence-store.ts';
import { type AddSilenceDeps, addSilence, readSilence } from '../../pipeline/add-silence.ts';
import type { Handlers } from '../api-router.ts';
import { shownBacktest } from './config-handlers.ts';

export interface SilenceDeps extends AddSilenceDeps {
  readonly backtests: Backtests;
}

type Names = 'listSilences' | 'addSilence' | 'trySilence' | 'endSilence';

export function silenceHandlers(deps: SilenceDeps): Handlers<Names> {
  const { silences } = deps;
  return {
    async listSilences({ query: { state = null } }) {
      return { silences: (await silences.list(state)).map(shown) };
    },
    async addSilence({ body: { matchers, for: duration, reason }, caller }) {
      const asked = { spelling: matchers, duration, reason, author: caller.email, within: reachOf(caller) };
      return shown(await addSilence(deps, asked));
    },
    async trySilence({ body: { matchers: spelling, days }, caller }) {
      const matchers = readSilence(spelling, { world: deps.queryWorld(), within: reachOf(caller) });
      return shownBacktest(await deps.backtests.trySilence({ matchers, days }));
    },
    endSilence: async ({ params: { id }, caller }) => shown(await silences.expire(id, caller.email)),
  };
}

/** A lead silences what comes to a department of theirs. */
function reachOf({ role, departments }: Person): readonly string[] | null {
  return role === 'admin' ? null : departments;
}

function shown({ spelling, startsAt, endsAt, expiredBy, ...row }: SilenceRow): Silence {
  const { id, state, author, reason, heldBack } = row;
  return {
    id,
    matchers: spelling,
    state,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    author,
    reason,
    endedBy: expiredBy,
    heldBack,
  };
}
