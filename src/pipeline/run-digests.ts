import { quotedRefs } from '../digest/evidence.ts';
import { periodEnd, periodWindow } from '../digest/period.ts';
import { hashDigest, renderDigest } from '../digest/render.ts';
import { dueAt, latestDueDate, neighbourEnd } from '../digest/schedule.ts';
import { composeForSubscriber } from '../digest/subscription-mail.ts';
import type { CountedFacts, DigestDefinition, DigestDocument, RenderedDigest } from '../domain/digest.ts';
import type { DigestDelivery, DigestRunState, DigestRunStore } from '../domain/ports/digest-run-store.ts';
import type { SubscriptionStore } from '../domain/ports/subscription-store.ts';
import type { WakeUp } from '../domain/ports/wake-up.ts';
import type { Subscription } from '../domain/subscription.ts';
import { AppError } from '../lib/app-error.ts';
import { type CompileDeps, compileDigest } from './compile-digest.ts';
import { subscribedDigests } from './subscriptions.ts';

/** A digest that could not be sent in time is still sent this long after; later it is only recorded. */
const LATE_LIMIT_MS = 12 * 60 * 60 * 1000;
/** After a long time down, days further back than this get no run at all. */
const CATCH_UP_DAYS = 31;

export interface DigestDeps extends CompileDeps {
  readonly runs: DigestRunStore;
  readonly subscriptions: SubscriptionStore;
  readonly wake: WakeUp;
}

/** What became of one digest's local day. `lost`: another process had recorded it. */
export interface DigestOutcome {
  readonly digest: string;
  readonly date: string;
  readonly result: 'sent' | 'empty' | 'too-late' | 'lost';
  readonly deliveries: number;
}

/**
 * Compiles and sends every digest that is due at `now`; one sent at 07:30 covers the local day before. Each (digest,
 * local day) gets exactly one run, whatever restarts, clock changes and racing processes do: the unique key of the run,
 * written together with its deliveries, decides. A digest at most 12 h late is sent, a later one recorded as skipped.
 * A new digest begins with the latest day, if that is not too late and something had been heard by its end.
 */
export async function runDueDigests(deps: DigestDeps, now: Date): Promise<readonly DigestOutcome[]> {
  const outcomes: DigestOutcome[] = [];
  const own = deps.settings.definitions.map((definition) => ({ definition, subscriptions: null }));
  for (const { definition, subscriptions } of [...own, ...(await subscribedDigests(deps))]) {
    const { dates, isFirst } = await dueDates(deps, definition, now);
    for (const date of dates) {
      outcomes.push(await runOnSchedule(deps, { definition, date, now, isFirst, subscriptions }));
    }
  }
  if (outcomes.some(({ deliveries }) => deliveries > 0)) await deps.wake('deliver');
  return outcomes;
}

async function dueDates(
  { runs }: DigestDeps,
  definition: DigestDefinition,
  now: Date,
): Promise<{ readonly dates: readonly string[]; readonly isFirst: boolean }> {
  const latest = latestDueDate(definition, now.getTime());
  const last = await runs.lastScheduledDate(definition.name);
  if (last === null)
    return {
      dates: isTooLate(definition, latest, now) || (await runs.find(definition.name, latest)) ? [] : [latest],
      isFirst: true,
    };
  const dates: string[] = [];
  for (
    let date = latest;
    date > last && dates.length < CATCH_UP_DAYS;
    date = neighbourEnd(definition, date, -1)
  ) {
    if ((await runs.find(definition.name, date)) === null) dates.unshift(date);
  }
  return { dates, isFirst: false };
}

function isTooLate(definition: DigestDefinition, date: string, now: Date): boolean {
  return now.getTime() - dueAt(definition, date) > LATE_LIMIT_MS;
}

interface Run {
  readonly definition: DigestDefinition;
  readonly date: string;
  readonly now: Date;
}

async function runOnSchedule(
  deps: DigestDeps,
  run: Run & { readonly isFirst: boolean; readonly subscriptions: readonly Subscription[] | null },
): Promise<DigestOutcome> {
  const { definition, date, now, isFirst, subscriptions } = run;
  const { document, rendered, counted } = await compileDigest(deps, run);
  const isLeftOut = isUnwanted(document) || (isFirst && isBeforeListening(document, counted));
  const result = isTooLate(definition, date, now) ? 'too-late' : isLeftOut ? 'empty' : 'sent';
  const deliveries = result === 'sent' ? deliveriesOf(deps, { document, rendered, now, subscriptions }) : [];
  const state: DigestRunState = result === 'sent' ? 'on-schedule' : 'skipped';
  const hashes = hashDigest(rendered);
  const isOurs = await deps.runs.record({ definition, state, document, hashes, compiledAt: now }, deliveries);
  const outcome = { digest: definition.name, date };
  return isOurs
    ? { ...outcome, result, deliveries: deliveries.length }
    : { ...outcome, result: 'lost', deliveries: 0 };
}

function isUnwanted({ isEmpty, frozen }: DigestDocument): boolean {
  return isEmpty && frozen.definition.empty === 'skip';
}

/** A workspace that is new in the morning has nothing to say of the day before, not even that it was quiet. */
function isBeforeListening({ frozen }: DigestDocument, { listeningSince }: CountedFacts): boolean {
  return listeningSince === null || listeningSince >= frozen.today.to;
}

/** What sending by hand did. `exists`: it was sent before and is not sent again unless asked. */
export interface HandSend {
  readonly result: 'sent' | 'sent-again' | 'exists' | 'no-receivers';
  readonly deliveries: number;
  /** When what was sent had been compiled. */
  readonly compiledAt: Date;
}

/**
 * Sends a digest of any local day that is over, out of turn. A day that has its run keeps it: `again` sends that frozen
 * content, with a new message id, since receivers drop an id they know. AppError `invalid-input` for a day not over.
 */
export async function sendDigest(
  deps: DigestDeps,
  { definition, date: wanted, now, again }: Run & { readonly again: boolean },
): Promise<HandSend> {
  const date = periodEnd(definition.every ?? 'day', wanted);
  const existing = await deps.runs.find(definition.name, date);
  if (existing === null) return sendFirst(deps, { definition, date, now });
  const { document, compiledAt } = existing;
  if (existing.deliveries > 0 && !again)
    return { result: 'exists', deliveries: existing.deliveries, compiledAt };
  const rendered = renderDigest(document, await deps.readModel.readQuotes(quotedRefs(document)));
  const repeat = existing.deliveries > 0 ? `:again:${existing.deliveries}` : '';
  const deliveries = deliveriesOf(deps, { document, rendered, now, repeat, audience: definition.audience });
  if (deliveries.length === 0) return { result: 'no-receivers', deliveries: 0, compiledAt };
  const added = await deps.runs.addDeliveries(existing.id, deliveries);
  await deps.wake('deliver');
  return { result: repeat === '' ? 'sent' : 'sent-again', deliveries: added, compiledAt };
}

async function sendFirst(deps: DigestDeps, run: Run): Promise<HandSend> {
  const { definition, date, now } = run;
  const { document, rendered } = await compileDigest(deps, run);
  if (document.frozen.isPartial) {
    const { every = 'day', zone } = definition;
    const ends = periodWindow(every, zone, document.frozen.today.date).to;
    throw new AppError(
      'invalid-input',
      `The ${every} of ${date} is not over in ${zone} (it ends ${ends}); preview shows it so far.`,
    );
  }
  const deliveries = deliveriesOf(deps, { document, rendered, now });
  const hashes = hashDigest(rendered);
  const isFirst = await deps.runs.record(
    { definition, state: 'by-hand', document, hashes, compiledAt: now },
    deliveries,
  );
  if (!isFirst) return sendDigest(deps, { ...run, again: false });
  if (deliveries.length > 0) await deps.wake('deliver');
  return {
    result: deliveries.length > 0 ? 'sent' : 'no-receivers',
    deliveries: deliveries.length,
    compiledAt: now,
  };
}

interface Outgoing {
  readonly document: DigestDocument;
  readonly rendered: RenderedDigest;
  readonly now: Date;
  readonly repeat?: string;
  readonly audience?: string;
  /** Null: it is the audience's. */
  readonly subscriptions?: readonly Subscription[] | null;
}

/** One message for each integration of each receiver of the audience, or for each subscriber; the same digest and day give the same ids. */
function deliveriesOf({ settings }: DigestDeps, outgoing: Outgoing): readonly DigestDelivery[] {
  const { document, rendered, now, repeat = '', subscriptions = null } = outgoing;
  const { definition, today } = document.frozen;
  if (subscriptions !== null) {
    const mail = settings.mailOf(definition.audience);
    return subscriptions.flatMap((subscription) => {
      const id = `digest:${definition.name}:${today.date}:${subscription.id}`;
      const setting = { id, publicUrl: settings.publicUrl, now };
      return mail === null
        ? []
        : [{ destination: mail.destination, message: composeForSubscriber(subscription, rendered, setting) }];
    });
  }
  return settings.destinationsOf(outgoing.audience ?? definition.audience).map((destination) => {
    const { receiver, integration, number } = destination;
    const { subject, text, html, slackBlocks, json } = rendered;
    const id = `digest:${definition.name}:${today.date}:${receiver}:${integration}:${number}${repeat}`;
    return {
      destination,
      message: { id, kind: 'digest', subject, text, html, slackBlocks, payload: json, createdAt: now },
    };
  });
}
