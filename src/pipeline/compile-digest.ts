import {
  addDays,
  dateExists,
  dayWindow,
  localDate,
  localInstant,
  localTime,
  neighbourDate,
  nextDueAt,
} from '../digest/calendar.ts';
import { compileDigest as compile } from '../digest/compile.ts';
import { quotedRefs } from '../digest/evidence.ts';
import { renderDigest } from '../digest/render.ts';
import { shortDate } from '../digest/words.ts';
import type {
  DayWindow,
  DigestDefinition,
  DigestDocument,
  FrozenFacts,
  QuoteTexts,
  RenderedDigest,
} from '../domain/digest.ts';
import type { DigestReadModel } from '../domain/ports/digest-read-model.ts';
import type { Destination } from '../domain/ports/routing-store.ts';
import type { Aspect } from '../domain/words.ts';
import { AppError } from '../lib/app-error.ts';

/** What digests take from the config in force. */
export interface DigestSettings {
  readonly workspace: string;
  /** EARSHOT_URL without a slash at its end. */
  readonly publicUrl: string;
  readonly configVersion: number;
  readonly definitions: readonly DigestDefinition[];
  /** What a department owns; undefined for a name the config does not have. */
  readonly aspectsOf: (department: string) => readonly Aspect[] | undefined;
  /** Every integration of every receiver of an audience. */
  readonly destinationsOf: (audience: string) => readonly Destination[];
}

export interface CompileDeps {
  readonly readModel: DigestReadModel;
  readonly settings: DigestSettings;
}

interface CompileRequest {
  readonly definition: DigestDefinition;
  /** The local day it covers. */
  readonly date: string;
  readonly now: Date;
}

export interface CompiledDigest {
  readonly document: DigestDocument;
  readonly texts: QuoteTexts;
  readonly rendered: RenderedDigest;
}

const TREND_DAYS = 13;

/**
 * Compiles a digest as of now and puts it into every form; writes nothing. AppError `invalid-input` for a local day that
 * the zone does not have or that has not begun.
 */
export async function compileDigest(deps: CompileDeps, request: CompileRequest): Promise<CompiledDigest> {
  const frozen = await freeze(deps, request);
  const counted = await deps.readModel.count(frozen);
  const document = compile({ frozen, counted });
  const texts = await deps.readModel.readQuotes(quotedRefs(document));
  return { document, texts, rendered: renderDigest(document, texts) };
}

async function freeze(
  { readModel, settings }: CompileDeps,
  { definition, date, now }: CompileRequest,
): Promise<FrozenFacts> {
  const { today, before, trend, isPartial } = daysOf(definition, date, now);
  const rows = await readModel.readFrozenRows({
    digest: definition.name,
    today,
    before,
    trend,
    isPartial,
    now,
  });
  return {
    // A key without a value does not survive being kept as JSON.
    definition: JSON.parse(JSON.stringify(definition)) as DigestDefinition,
    workspace: settings.workspace,
    baseUrl: settings.publicUrl,
    configVersion: settings.configVersion,
    compiledAt: now.toISOString(),
    nextRun: describeNextRun(definition, now),
    today,
    before,
    trend,
    isPartial,
    aspects: aspectsOf(definition, settings),
    ...rows,
  };
}

function aspectsOf({ department }: DigestDefinition, settings: DigestSettings): readonly Aspect[] | null {
  if (department === undefined) return null;
  const aspects = settings.aspectsOf(department);
  if (aspects === undefined) throw new AppError('invalid-input', `There is no department ${department}.`);
  return aspects;
}

/** `Tue 24 Nov 07:30 Europe/London`: when a schedule sends next. */
function describeNextRun(definition: Pick<DigestDefinition, 'at' | 'zone'>, now: Date): string {
  const at = nextDueAt(definition, now.getTime());
  const { zone } = definition;
  return `${shortDate(localDate(zone, at))} ${localTime(zone, at)} ${zone}`;
}

type Days = Pick<FrozenFacts, 'today' | 'before' | 'trend' | 'isPartial'>;

/** The day itself, the same weekday a week before, and the 13 days before; a day that is not over is compared with as much of the other. */
function daysOf({ zone }: DigestDefinition, date: string, now: Date): Days {
  if (!dateExists(zone, date))
    throw new AppError('invalid-input', `${zone} had no ${date}: its clocks skipped that day.`);
  const whole = dayWindow(zone, date);
  if (whole.from > now.toISOString())
    throw new AppError('invalid-input', `${date} has not begun in ${zone} yet.`);
  const isPartial = whole.to > now.toISOString();
  const weekBefore = addDays(date, -7);
  const wholeBefore = dayWindow(
    zone,
    dateExists(zone, weekBefore) ? weekBefore : neighbourDate(zone, weekBefore, -1),
  );
  const trend: DayWindow[] = [];
  for (let day = date; trend.length < TREND_DAYS; ) {
    day = neighbourDate(zone, day, -1);
    trend.unshift(dayWindow(zone, day));
  }
  if (!isPartial) return { today: whole, before: wholeBefore, trend, isPartial };
  const soFar = localInstant(zone, wholeBefore.date, localTime(zone, now.getTime()));
  return {
    today: { ...whole, to: now.toISOString() },
    before: { ...wholeBefore, to: new Date(soFar).toISOString() },
    trend,
    isPartial,
  };
}
