import type { App } from '../app/app.ts';
import type { SourceHealth } from '../domain/source-health.ts';
import { AppError, toAppError } from '../lib/app-error.ts';
import { closestWord } from '../lib/closest-word.ts';
import { healthOf } from '../pipeline/source-health.ts';
import { linesOf, type Terminal } from './terminal.ts';

const TEST_MS = 30_000;

/** `earshot sources`: every source's health in plain words. Exit code 1 when one needs a person. */
export async function sourcesCommand(
  { sources, listeners, clock }: App,
  { flags, terminal }: { flags: { json?: boolean }; terminal: Terminal },
): Promise<number> {
  const healths = (await sources.readFacts()).map((facts) => healthOf(facts, clock()));
  const unread = [...listeners.keys()].filter((name) => !healths.some((health) => health.name === name));
  if (flags.json) terminal.stdout.write(`${JSON.stringify(healths)}\n`);
  else {
    terminal.stdout.write(healths.map(describe).join(''));
    for (const name of unread)
      terminal.stdout.write(`idle     ${name}: in the config, not read yet; start Earshot to read it\n`);
    if (healths.length + unread.length === 0)
      terminal.stdout.write('No source yet: add one under `sources:` in earshot.yaml, or import a file\n');
  }
  return healths.some(({ state }) => state === 'stopped' || state === 'failing') ? 1 : 0;
}

function describe({ name, kind, state, sentence, remedy, gap, ...health }: SourceHealth): string {
  const { nextPollAt, spentUsd, budgetUsd } = health;
  const more = [
    nextPollAt && `next poll ${nextPollAt.toISOString()}`,
    budgetUsd !== null && `$${(spentUsd ?? 0).toFixed(2)} of $${budgetUsd.toFixed(2)} spent this month`,
    gap,
    remedy,
  ].filter((part) => part);
  return `${state.padEnd(8)} ${name} (${kind}): ${sentence}\n${more.map((part) => `         ${part}\n`).join('')}`;
}

/** `earshot sources test NAME`: a source that was stopped and can be heard again is started by it. */
export async function sourcesTestCommand(
  { sources, listeners }: App,
  { name, terminal }: { name: string; terminal: Terminal },
): Promise<number> {
  const listener = listeners.get(name);
  if (!listener) {
    const meant = closestWord(name, listeners.keys());
    const known = [...listeners.keys()].join(', ') || 'none yet';
    throw new AppError(
      'not-found',
      `There is no source "${name}" in the config; ${meant === undefined ? `it has ${known}` : `did you mean "${meant}"?`}`,
    );
  }
  try {
    const found = await listener.source.check(AbortSignal.timeout(TEST_MS));
    await sources.resume(name);
    terminal.stdout.write(`ok: ${found}\n`);
    return 0;
  } catch (thrown) {
    linesOf(terminal).err(`${name} cannot be heard: ${toAppError(thrown).message}`);
    return 1;
  }
}
