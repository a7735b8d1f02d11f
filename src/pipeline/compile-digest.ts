import { dateExists } from '../digest/calendar.ts';
import { compileDigest as compile } from '../digest/compile.ts';
import { quotedRefs } from '../digest/evidence.ts';
import { type Periods, periodEnd, periodsOf, periodWindow } from '../digest/period.ts';
import { renderDigest } from '../digest/render.ts';
import { describeNextRun } from '../digest/schedule.ts';
import type {
  CountedFacts,
  DigestDefinition,
  DigestDocument,
  DigestFacts,
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
  /** How people get the digests of an audience by mail of their own; null: they do not. */
  readonly mailOf: (audience: string) => DigestMail | null;
}

export interface DigestMail {
  readonly destination: Destination;
  /** Mail domains of those who need not confirm that they want what an administrator gives them. */
  readonly domains: readonly string[];
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
  readonly counted: CountedFacts;
  readonly document: DigestDocument;
  readonly texts: QuoteTexts;
  readonly rendered: RenderedDigest;
}

/**
 * Compiles a digest as of now and puts it into every form; writes nothing. AppError `invalid-input` for a local day that
 * the zone does not have or that has not begun.
 */
export async function compileDigest(deps: CompileDeps, request: CompileRequest): Promise<CompiledDigest> {
  const facts = await readFacts(deps, request);
  const document = compile(facts);
  const texts = await deps.readModel.readQuotes(quotedRefs(document));
  return { counted: facts.counted, document, texts, rendered: renderDigest(document, texts) };
}

async function readFacts(
  { readModel, settings }: CompileDeps,
  { definition, date, now }: CompileRequest,
): Promise<DigestFacts> {
  const { today, before, trend, isPartial, recent, earlier } = periodsAt(definition, date, now);
  const { every: edition = 'day', department } = definition;
  const aspects = aspectsOf(definition, settings);
  const { frozen: rows, counted } = await readModel.readFacts({
    digest: definition.name,
    today,
    before,
    trend,
    edition,
    recent,
    earlier,
    department,
    aspects,
    isPartial,
    now,
  });
  const frozen = {
    // A key without a value does not survive being kept as JSON.
    definition: JSON.parse(JSON.stringify(definition)) as DigestDefinition,
    workspace: settings.workspace,
    baseUrl: settings.publicUrl,
    configVersion: settings.configVersion,
    compiledAt: now.toISOString(),
    nextRun: describeNextRun(definition, now),
    edition,
    today,
    before,
    trend,
    isPartial,
    aspects,
    ...rows,
  };
  return { frozen, counted };
}

function aspectsOf({ department }: DigestDefinition, settings: DigestSettings): readonly Aspect[] | null {
  if (department === undefined) return null;
  const aspects = settings.aspectsOf(department);
  if (aspects === undefined) throw new AppError('invalid-input', `There is no department ${department}.`);
  return aspects;
}

/** The time it covers; AppError `invalid-input` for a day that the zone skipped or that has not begun. */
function periodsAt({ zone, every = 'day' }: DigestDefinition, date: string, now: Date): Periods {
  if (!dateExists(zone, date))
    throw new AppError('invalid-input', `${zone} had no ${date}: its clocks skipped that day.`);
  const end = periodEnd(every, date);
  if (periodWindow(every, zone, end).from > now.toISOString())
    throw new AppError('invalid-input', `${date} has not begun in ${zone} yet.`);
  return periodsOf(every, zone, { end, now });
}
