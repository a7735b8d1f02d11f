import { createBacktests } from '../app/backtest.ts';
import { REGISTRIES, readAccepted } from '../app/config-in-force.ts';
import { openServer } from '../app/open-database.ts';
import { readEnv } from '../config/env.ts';
import { loadConfig } from '../config/load-config.ts';
import { count } from '../digest/words.ts';
import type { Backtest, PastNotification, PastSpike } from '../domain/backtest.ts';
import { createCleanup } from '../lib/cleanup.ts';
import { systemClock } from '../lib/clock.ts';
import { printable } from '../lib/printable.ts';
import { openDatabase } from '../store/database.ts';
import { createLearningStore } from '../store/learning-store.ts';
import { createProgress, type Terminal } from './terminal.ts';

interface TryFlags {
  readonly days: number;
  readonly json?: boolean | undefined;
}

/**
 * `earshot config try FILE`: what a config would have done to the last days in place of the one in force. Puts nothing in force. Throws
 * AppError with every fault of the file.
 */
export async function configTryCommand(
  file: string | undefined,
  { days, json }: TryFlags,
  terminal: Terminal,
): Promise<number> {
  const env = readEnv(terminal.env);
  const processEnv = terminal.env;
  const proposed = await loadConfig({
    file: file ?? env.configFile,
    isNamed: true,
    env: processEnv,
    registries: REGISTRIES,
    zone: 'UTC',
  });
  const cleanup = createCleanup();
  const progress = createProgress(terminal);
  try {
    const server = await openServer(env);
    cleanup.add('database server', server.close);
    const database = openDatabase(server.url);
    cleanup.add('database connections', database.close);
    const inForce = await readAccepted(database, processEnv);
    const backtests = createBacktests(
      {
        database,
        config: inForce.config,
        configText: inForce.text,
        configVersionId: inForce.versionId,
        clock: systemClock,
        learning: createLearningStore(database),
      },
      processEnv,
    );
    progress.show(`going through the last ${count(days, 'day')}`);
    const tried = await backtests.tryConfig({ yaml: proposed.text, days, author: 'command line' });
    progress.done(`went through ${count(tried.backtest.messages, 'message')}`);
    terminal.stdout.write(
      json ? `${JSON.stringify(tried)}\n` : `${describeBacktest(tried.backtest).join('\n')}\n`,
    );
    return 0;
  } finally {
    await cleanup.run();
  }
}

/** The report, a line each. */
export function describeBacktest(backtest: Backtest): readonly string[] {
  const { from, to, messages, opinions, isPartial, moved, receivers, added, gone, muted } = backtest;
  const { spikes, late, digests } = backtest;
  const day = (at: Date): string => at.toISOString().slice(0, 10);
  const changed = receivers.filter(({ before, after }) => before !== after);
  return [
    `${day(from)} to ${day(to)}: ${count(messages, 'message')} with ${count(opinions, 'opinion')}${isPartial ? ', the newest of more' : ''}`,
    ...(moved.length === 0 ? ['No message would have gone to somebody else.'] : []),
    ...moved.flatMap((move) => [
      `${namesOf(move.from)} → ${namesOf(move.to)}: ${count(move.messages, 'message')}`,
      ...move.samples.map(({ mentionId, text }) => `    ${mentionId}  ${printable(text)}`),
    ]),
    ...(changed.length === 0 ? ['Every receiver would have been notified as often.'] : []),
    ...changed.map(
      ({ receiver, before, after }) => `${receiver}: ${count(after, 'notification')} instead of ${before}`,
    ),
    ...added.map((one) => `  + ${notificationLine(one)}`),
    ...gone.map((one) => `  − ${notificationLine(one)}`),
    ...(muted.before === muted.after
      ? []
      : [`Held back at the end: ${count(muted.after, 'opinion')} instead of ${muted.before}`]),
    ...spikes.added.map((one) => `  + ${spikeLine(one)}`),
    ...spikes.gone.map((one) => `  − ${spikeLine(one)}`),
    ...(late.before === late.after
      ? []
      : [`Past their time: ${count(late.after, 'case')} instead of ${late.before}`]),
    ...digests.map(
      ({ digest, aspect, before, after }) =>
        `digest ${digest}, ${aspect}: ${count(after, 'message')} instead of ${before}`,
    ),
  ];
}

function namesOf(departments: readonly string[]): string {
  return departments.length === 0 ? 'nobody' : departments.join(' and ');
}

function spikeLine({ at, aspect, people, usual }: PastSpike): string {
  return `${at.toISOString().slice(0, 16)}Z spike on ${aspect}: ${count(people, 'person', 'people')}, usually ${Math.round(usual)}`;
}

function notificationLine({ at, receiver, department, reason, opinions }: PastNotification): string {
  const what = reason === 'first' || reason === 'new' ? count(opinions, 'opinion') : reason;
  return `${at.toISOString().slice(0, 16)}Z ${receiver} (${department}): ${what}`;
}
