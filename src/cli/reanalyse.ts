import type { App } from '../app/app.ts';
import { count, number } from '../digest/words.ts';
import type {
  PolarityCounts,
  Reanalysis,
  ReanalysisComparison,
  ReanalysisExample,
} from '../domain/reanalysis.ts';
import { printable } from '../lib/printable.ts';
import { adoptReanalysis, rereadBatch } from '../pipeline/reanalyse.ts';
import { createProgress, type Terminal } from './terminal.ts';

interface ReanalyseFlags {
  /** Days back; mentions that count since then are read. */
  readonly days: number;
  readonly wait: boolean;
  readonly status?: boolean | undefined;
  readonly adopt?: boolean | undefined;
  readonly drop?: boolean | undefined;
  readonly json?: boolean | undefined;
}

const AUTHOR = 'command line';
const DAY_MS = 24 * 60 * 60 * 1000;
const LOOK_AGAIN_MS = 500;
const EXAMPLE_WIDTH = 100;

/** `earshot reanalyse`: reads history with the model and the aspects of now, shows what would change, and makes it current when told to. */
export async function reanalyseCommand(
  app: App,
  { flags, terminal }: { flags: ReanalyseFlags; terminal: Terminal },
): Promise<number> {
  const { reanalyses } = app;
  if (flags.drop) {
    const wasOpen = await reanalyses.drop(AUTHOR);
    terminal.stdout.write(
      wasOpen ? 'What was read again is forgotten.\n' : 'Nothing waits to be made current.\n',
    );
    return 0;
  }
  const shown = flags.adopt
    ? await adoptReanalysis(app, AUTHOR)
    : flags.status
      ? await reanalyses.newest()
      : await readAgain(app, flags, terminal);
  const examples = shown?.state === 'read' ? await reanalyses.examples(shown) : [];
  terminal.stdout.write(
    flags.json ? `${JSON.stringify(shown && { ...shown, examples })}\n` : `${describe(shown, examples)}\n`,
  );
  return 0;
}

/** Begins, and helps the workers to read until all is read; interrupted, they go on. */
async function readAgain(app: App, { days, wait }: ReanalyseFlags, terminal: Terminal): Promise<Reanalysis> {
  const begun = await app.reanalyses.begin({
    since: new Date(app.clock().getTime() - days * DAY_MS),
    author: AUTHOR,
  });
  if (!wait) return begun;
  const progress = createProgress(terminal);
  for (;;) {
    const hasMore = await app.classifier.use(() => rereadBatch(app));
    const now = await app.reanalyses.newest();
    if (now?.id !== begun.id || now.state !== 'reading') {
      progress.done(`read ${count(now?.lookedAt ?? 0, 'mention')} again`);
      return now ?? begun;
    }
    progress.show(`read ${number(now.lookedAt)} of ${count(now.total, 'mention')} again`);
    if (!hasMore) await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

function describe(shown: Reanalysis | null, examples: readonly ReanalysisExample[]): string {
  if (shown === null) return 'History was never read again.';
  const { state, model, lookedAt, total, comparison, author, createdAt } = shown;
  const begun = `${model}, begun by ${author} at ${createdAt.toISOString()}`;
  if (state === 'reading')
    return `Reading history with ${begun}: ${number(lookedAt)} of ${count(total, 'mention')}.`;
  if (comparison === null) return `Dropped: ${begun}.`;
  const next =
    state === 'read'
      ? '\nearshot reanalyse --adopt makes it current, --drop forgets it.'
      : `\nIt is ${state}.`;
  return [`History read with ${begun}.`, ...figures(comparison), ...examples.map(describeExample), next].join(
    '\n',
  );
}

function figures({ mentions, changed, aspects, corrections, outcomes }: ReanalysisComparison): string[] {
  const share = mentions === 0 ? '' : ` (${Math.round((100 * changed) / mentions)} %)`;
  return [
    `${count(mentions, 'mention')} read, ${number(changed)}${share} with other aspects or polarities.`,
    ...aspects.map(({ aspect, before, after }) => `  ${aspect}: ${counts(before)} -> ${counts(after)}`),
    ...outcomes.map(({ from, to, mentions: moved }) => `  ${number(moved)} would go from ${from} to ${to}`),
    corrections.labels === 0
      ? 'No labels that people gave stand on them.'
      : `Of ${count(corrections.labels, 'label')} that people gave, ${number(corrections.before)} are read so now and ${number(corrections.after)} would be.`,
  ];
}

function counts({ positive, neutral, negative }: PolarityCounts): string {
  return `+${number(positive)} =${number(neutral)} -${number(negative)}`;
}

function describeExample({ text, before, after }: ReanalysisExample): string {
  const words = printable(text.replaceAll(/\s+/g, ' ')).slice(0, EXAMPLE_WIDTH);
  const labels = (of: readonly string[]): string => (of.length === 0 ? 'nothing' : of.join(', '));
  return `  "${words}": ${labels(before)} -> ${labels(after)}`;
}
