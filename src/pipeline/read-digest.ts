import { localDate } from '../digest/calendar.ts';
import { quotedRefs } from '../digest/evidence.ts';
import { periodEnd } from '../digest/period.ts';
import { restatedSentence, restatementsOf, toldBy } from '../digest/restated.ts';
import { type Caller, isOverseer, type Reader, visibleDepartments } from '../domain/access.ts';
import type { DigestDefinition, DigestDocument, QuoteTexts } from '../domain/digest.ts';
import type { DigestRunStore } from '../domain/ports/digest-run-store.ts';
import { AppError } from '../lib/app-error.ts';
import type { Clock } from '../lib/clock.ts';
import { type CompileDeps, compileDigest } from './compile-digest.ts';

export interface ReadDigestDeps extends CompileDeps {
  readonly runs: DigestRunStore;
  readonly clock: Clock;
}

/** A digest that may be read, with the local day it is now and the last one that was compiled for good. */
export interface DigestSummary {
  readonly definition: DigestDefinition;
  readonly today: string;
  readonly lastSent: string | null;
}

/** The digests that the caller may read. */
export async function listDigests(
  { settings, runs, clock }: ReadDigestDeps,
  caller: Caller,
): Promise<readonly DigestSummary[]> {
  const now = clock().getTime();
  const readable = settings.definitions.filter((definition) => mayRead(definition, caller));
  return Promise.all(
    readable.map(async (definition) => ({
      definition,
      today: localDate(definition.zone, now),
      lastSent: await runs.lastScheduledDate(definition.name),
    })),
  );
}

/**
 * A digest of any local day: as it was frozen when it has its run, else compiled as of now. Throws AppError `not-found` for a digest
 * that is not there or not the caller's to read, `invalid-input` for a day that the zone does not have or that has not begun.
 */
export async function readDigest(
  deps: ReadDigestDeps,
  { name, date, caller }: { readonly name: string; readonly date: string; readonly caller: Caller },
): Promise<{ document: DigestDocument; texts: QuoteTexts; isFrozen: boolean }> {
  const readable = deps.settings.definitions.filter((definition) => mayRead(definition, caller));
  const definition =
    readable.find((known) => known.name === name) ?? (await subscribedTo(deps, name, caller));
  if (!definition)
    throw new AppError(
      'not-found',
      `There is no digest ${name}; there are ${readable.map((known) => known.name).join(', ')}`,
    );
  const run = await deps.runs.find(name, periodEnd(definition.every ?? 'day', date));
  if (!run) {
    const { document, texts } = await compileDigest(deps, { definition, date, now: deps.clock() });
    return { document, texts, isFrozen: false };
  }
  const { document } = run;
  const texts = await deps.readModel.readQuotes(quotedRefs(document));
  return { document, texts, isFrozen: true };
}

/** One that people have at a time of their own; it can be read when the one that it comes from can. */
async function subscribedTo(
  { runs }: ReadDigestDeps,
  name: string,
  caller: Caller,
): Promise<DigestDefinition | undefined> {
  const definition = name.includes(':') ? await runs.definitionOf(name) : null;
  return definition !== null && mayRead(definition, caller) ? definition : undefined;
}

/** What of a frozen digest counts differently by now, in one sentence; empty when nothing does. */
export async function restatedSince(
  { readModel }: Pick<ReadDigestDeps, 'readModel'>,
  document: DigestDocument,
): Promise<string> {
  return restatedSentence(restatementsOf(toldBy(document), await readModel.recount(document.frozen)));
}

/** A department's digest is for its people, the company's for those who see more than one. */
export function mayRead({ department }: DigestDefinition, caller: Reader): boolean {
  if (department === undefined) return isOverseer(caller);
  const visible = visibleDepartments(caller);
  return visible === 'all' || visible.includes(department);
}
