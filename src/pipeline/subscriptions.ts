import { quotedRefs } from '../digest/evidence.ts';
import { renderDigest } from '../digest/render.ts';
import { latestDueDate } from '../digest/schedule.ts';
import { composeForSubscriber, composeQuestion } from '../digest/subscription-mail.ts';
import type { Person } from '../domain/access.ts';
import type { DigestDefinition } from '../domain/digest.ts';
import type { SubscriptionStore } from '../domain/ports/subscription-store.ts';
import type { WakeUp } from '../domain/ports/wake-up.ts';
import type { SubscribedDigest, Subscription, Wish } from '../domain/subscription.ts';
import { AppError } from '../lib/app-error.ts';
import { type CompileDeps, compileDigest, type DigestMail } from './compile-digest.ts';
import { mayRead } from './read-digest.ts';

export interface SubscriptionDeps extends CompileDeps {
  readonly subscriptions: SubscriptionStore;
  readonly wake: WakeUp;
}

/** The digests that people have at times of their own, those of the config with other times and names. */
export async function subscribedDigests({
  settings,
  subscriptions,
}: Pick<SubscriptionDeps, 'settings' | 'subscriptions'>): Promise<readonly SubscribedDigest[]> {
  const found = new Map<string, { definition: DigestDefinition; subscriptions: Subscription[] }>();
  for (const subscription of await subscriptions.list(null)) {
    const base = settings.definitions.find(({ name }) => name === subscription.digest);
    // What the config does not have any more goes on when it has it again, and so does what a person may read again.
    if (base === undefined || settings.mailOf(base.audience) === null || !isWanted(subscription, base))
      continue;
    const definition = atTheirTime(base, subscription);
    const known = found.get(definition.name) ?? { definition, subscriptions: [] };
    known.subscriptions.push(subscription);
    found.set(definition.name, known);
  }
  return [...found.values()];
}

/** Who leaves the company, or took it by a right that they have no more, gets it no more; what an administrator gave needs no right. */
function isWanted(
  { state, isDisabled, reader, createdBy, email }: Subscription,
  base: DigestDefinition,
): boolean {
  const isOwn = createdBy === email;
  return state === 'active' && !isDisabled && (!isOwn || (reader !== null && mayRead(base, reader)));
}

/** No digest of a config can be called so: its names have no colons. */
function atTheirTime(base: DigestDefinition, { zone, at, every }: Subscription): DigestDefinition {
  const { every: _, ...rest } = base;
  return {
    ...rest,
    name: `${base.name} ${every} ${at} ${zone.replaceAll('/', '-')}`,
    zone,
    at,
    ...(every !== 'day' && { every }),
  };
}

/**
 * Somebody wants a digest, for themselves or, as an administrator, for others. An address that is neither the person's own nor of a domain of
 * the audience's gets a mail that asks, and nothing else until it is confirmed. Throws AppError `not-found` for a digest that is not there
 * or not theirs, `conflict` where the audience takes no subscriptions, `forbidden` for somebody else's address.
 */
export async function subscribe(
  { settings, subscriptions, wake }: SubscriptionDeps,
  wish: Wish,
  { person, now }: { readonly person: Person; readonly now: Date },
): Promise<Subscription> {
  const { mail } = subscribable({ settings }, wish.digest, person);
  const isOwn = wish.email === person.email.toLowerCase();
  if (!isOwn && person.role !== 'admin')
    throw new AppError('forbidden', 'You subscribe yourself; an administrator subscribes others');
  const isKnown = mail.domains.includes(wish.email.slice(wish.email.lastIndexOf('@') + 1));
  const { workspace, publicUrl } = settings;
  const written = await subscriptions.put(
    wish,
    { author: person.email.toLowerCase(), isConfirmed: isOwn || isKnown },
    (asked) => ({
      message: composeQuestion(asked, { workspace, publicUrl, now }),
      destinations: [mail.destination],
    }),
  );
  if (written.state === 'pending') await wake('deliver');
  return written;
}

/** Sends the newest digest to a subscription at once, so that one sees how it will come. Throws as `subscribe`. */
export async function sendTest(
  deps: SubscriptionDeps,
  subscription: Subscription,
  { person, now }: { readonly person: Person; readonly now: Date },
): Promise<void> {
  if (subscription.state !== 'active')
    throw new AppError('conflict', `${subscription.email} has not confirmed that they want it`);
  const { base, mail } = subscribable(deps, subscription.digest, person);
  const definition = atTheirTime(base, subscription);
  const date = latestDueDate(definition, now.getTime());
  const { document } = await compileDigest(deps, { definition, date, now });
  const rendered = renderDigest(document, await deps.readModel.readQuotes(quotedRefs(document)));
  const id = `subscription:${subscription.id}:test:${now.getTime()}`;
  const { publicUrl } = deps.settings;
  await deps.subscriptions.send({
    message: composeForSubscriber(subscription, rendered, { id, publicUrl, now }),
    destinations: [mail.destination],
  });
  await deps.wake('deliver');
}

/** A digest of the config that the person may read, and how it is mailed. */
function subscribable(
  { settings }: Pick<SubscriptionDeps, 'settings'>,
  name: string,
  person: Person,
): { readonly base: DigestDefinition; readonly mail: DigestMail } {
  const base = settings.definitions.find((one) => one.name === name && mayRead(one, person));
  if (base === undefined) throw new AppError('not-found', `There is no digest ${name} that you may read`);
  const mail = settings.mailOf(base.audience);
  if (mail === null)
    throw new AppError(
      'conflict',
      `The audience ${base.audience} takes no subscriptions; an administrator adds “subscriptions” to it in earshot.yaml`,
    );
  return { base, mail };
}
