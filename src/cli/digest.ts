import { localDate } from '../digest/calendar.ts';
import { periodEnd } from '../digest/period.ts';
import { neighbourEnd } from '../digest/schedule.ts';
import type { DigestDefinition, RenderedDigest } from '../domain/digest.ts';
import { AppError, toAppError } from '../lib/app-error.ts';
import type { Clock } from '../lib/clock.ts';
import { closestWord } from '../lib/closest-word.ts';
import { compileDigest } from '../pipeline/compile-digest.ts';
import { type DigestDeps, sendDigest } from '../pipeline/run-digests.ts';
import { verifyDigest } from '../pipeline/verify-digest.ts';

export type DigestAction = 'preview' | 'send' | 'verify';

export interface DigestInput {
  /** The local day it covers; default today so far for `preview`, yesterday for `send` and `verify`. */
  readonly date?: string | undefined;
  /** Of `preview`: text (default), html, slack, json or pdf. */
  readonly format?: string | undefined;
  /** Of `send`: sends the frozen content of a day that was sent before. */
  readonly again?: boolean | undefined;
}

export interface DigestCommandDeps extends DigestDeps {
  readonly clock: Clock;
  /** Prints one line. */
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Makes a PDF of a digest's HTML and writes it out. */
  readonly pdf: (html: string) => Promise<void>;
}

/**
 * `earshot digest preview|send|verify NAME`. Answers the exit code: 0; 1 when it failed or verifying found a difference;
 * 2 when the arguments make no sense. `preview` writes nothing.
 */
export async function digestCommand(
  action: DigestAction,
  name: string,
  input: DigestInput,
  deps: DigestCommandDeps,
): Promise<number> {
  try {
    const definition = definitionNamed(name, deps.settings.definitions);
    const date = dateOf(input.date, { action, definition, now: deps.clock() });
    const format = formatOf(input.format);
    switch (action) {
      case 'preview':
        return await preview(deps, { definition, date, format });
      case 'send':
        return await send(deps, { definition, date, again: input.again ?? false });
      case 'verify':
        return await verify(deps, { definition, date });
    }
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.kind === 'bug') throw error;
    deps.err(`digest ${action}: ${error.message}`);
    return error.kind === 'invalid-input' ? 2 : 1;
  }
}

function definitionNamed(name: string, definitions: readonly DigestDefinition[]): DigestDefinition {
  const definition = definitions.find((candidate) => candidate.name === name);
  if (definition !== undefined) return definition;
  const names = definitions.map((candidate) => candidate.name);
  const meant = closestWord(name, names);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  const known = names.length === 0 ? 'earshot.yaml defines none' : `there are ${names.join(', ')}`;
  throw new AppError('invalid-input', `There is no digest ${JSON.stringify(name)}; ${known}.${hint}`);
}

interface DateQuestion {
  readonly action: DigestAction;
  readonly definition: DigestDefinition;
  readonly now: Date;
}

function dateOf(given: string | undefined, { action, definition, now }: DateQuestion): string {
  if (given === undefined) {
    const today = localDate(definition.zone, now.getTime());
    return action === 'preview' ? today : neighbourEnd(definition, today, -1);
  }
  const at = /^\d{4}-\d{2}-\d{2}$/.test(given) ? Date.parse(`${given}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== given) {
    throw new AppError(
      'invalid-input',
      `--date ${JSON.stringify(given)} is no date; write it as 2026-11-22.`,
    );
  }
  return given;
}

const FORMATS = {
  text: ({ text }: RenderedDigest) => text.trimEnd(),
  html: ({ html }: RenderedDigest) => html.trimEnd(),
  slack: ({ slackBlocks }: RenderedDigest) => JSON.stringify({ blocks: slackBlocks }, null, 2),
  json: ({ json }: RenderedDigest) => JSON.stringify(json, null, 2),
} as const;

type Format = keyof typeof FORMATS | 'pdf';

function formatOf(given = 'text'): Format {
  const known = [...(Object.keys(FORMATS) as Format[]), 'pdf' as const];
  const format = known.find((name) => name === given);
  if (format !== undefined) return format;
  throw new AppError('invalid-input', `--format must be one of ${known.join(', ')}.`);
}

interface Task {
  readonly definition: DigestDefinition;
  readonly date: string;
}

async function preview(deps: DigestCommandDeps, task: Task & { readonly format: Format }): Promise<number> {
  const { rendered } = await compileDigest(deps, { ...task, now: deps.clock() });
  if (task.format === 'pdf') await deps.pdf(rendered.html);
  else deps.out(FORMATS[task.format](rendered));
  return 0;
}

async function send(deps: DigestCommandDeps, task: Task & { readonly again: boolean }): Promise<number> {
  const { result, deliveries, compiledAt } = await sendDigest(deps, { ...task, now: deps.clock() });
  const what = `${task.definition.name} of ${task.date}`;
  const messages = deliveries === 1 ? '1 message' : `${deliveries} messages`;
  const says = {
    sent: `${what}: ${messages} on the way.`,
    'sent-again': `${what}: ${messages} on the way again, as compiled at ${compiledAt.toISOString()}.`,
    exists: `${what} was sent before (compiled at ${compiledAt.toISOString()}, ${messages}); --again sends the same content once more.`,
    'no-receivers': `${what} was compiled, but its audience ${task.definition.audience} has no receiver with a way out.`,
  };
  if (result === 'no-receivers') deps.err(says[result]);
  else deps.out(says[result]);
  return result === 'no-receivers' ? 1 : 0;
}

async function verify(deps: DigestCommandDeps, { definition, date }: Task): Promise<number> {
  const end = periodEnd(definition.every ?? 'day', date);
  const found = await verifyDigest(deps, definition.name, end);
  const what = `${definition.name} of ${end}`;
  switch (found.result) {
    case 'identical':
      deps.out(`${what}: identical`);
      return 0;
    case 'identical-except-erased':
      deps.out(
        `${what}: identical except erased (${found.quotes === 1 ? '1 quote' : `${found.quotes} quotes`})`,
      );
      return 0;
    case 'differs':
      deps.out(`${what}: differs`);
      for (const difference of found.differences) deps.out(`  ${difference}`);
      return 1;
  }
}
