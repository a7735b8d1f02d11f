import type { Subscription as Shown } from '../../contract/subscriptions.ts';
import { describeNextRun } from '../../digest/schedule.ts';
import type { Person } from '../../domain/access.ts';
import type { Subscription } from '../../domain/subscription.ts';
import { AppError } from '../../lib/app-error.ts';
import type { Clock } from '../../lib/clock.ts';
import { type SubscriptionDeps, sendTest, subscribe } from '../../pipeline/subscriptions.ts';
import type { Handlers } from '../api-router.ts';

type Names = 'listSubscriptions' | 'addSubscription' | 'testSubscription' | 'endSubscription';

export function subscriptionHandlers(deps: SubscriptionDeps & { readonly clock: Clock }): Handlers<Names> {
  const { subscriptions, clock } = deps;

  /** One of the caller's own, or anybody's for an administrator. */
  const find = async (id: string, { role, email }: Person): Promise<Subscription> => {
    const found = await subscriptions.find(id);
    if (found === null || (role !== 'admin' && found.email !== email.toLowerCase()))
      throw new AppError('not-found', `There is no subscription ${id} of yours`);
    return found;
  };
  const shown = ({ id, digest, email, name, zone, at, every, form, state }: Subscription): Shown => {
    const schedule = { zone, at, ...(every !== 'day' && { every }) };
    return {
      id,
      digest,
      email,
      name,
      zone,
      at,
      every,
      form,
      state,
      next: describeNextRun(schedule, clock()),
    };
  };

  return {
    async listSubscriptions({ caller }) {
      const found = await subscriptions.list(caller.role === 'admin' ? null : caller.email.toLowerCase());
      return { subscriptions: found.map(shown) };
    },
    async addSubscription({ body, caller }) {
      const {
        email = caller.email.toLowerCase(),
        name = email === caller.email.toLowerCase() ? caller.name : email,
      } = body;
      return shown(await subscribe(deps, { ...body, email, name }, { person: caller, now: clock() }));
    },
    async testSubscription({ params: { id }, caller }) {
      await sendTest(deps, await find(id, caller), { person: caller, now: clock() });
      return { isSent: true as const };
    },
    async endSubscription({ params: { id }, caller }) {
      await find(id, caller);
      await subscriptions.end(id, caller.email);
      return { isEnded: true as const };
    },
  };
}
