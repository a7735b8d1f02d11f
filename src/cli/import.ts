import { basename, extname } from 'node:path';
import { startWorkers } from '../../workers/index.ts';
import { type App, openApp } from '../app/app.ts';
import { count } from '../digest/words.ts';
import type { RejectedRow, SourcePage } from '../domain/mention.ts';
import type { BatchProgress } from '../domain/ports/mention-store.ts';
import type { Source } from '../domain/source.ts';
import { AppError } from '../lib/app-error.ts';
import { systemClock } from '../lib/clock.ts';
import { importFile, waitForOutcomes } from '../pipeline/import-file.ts';
import { describeFile, FileOptions, file, openFileSource } from '../sources/file/index.ts';
import { parseOptions } from '../sources/plug-in.ts';
import { createProgress, linesOf, quietEnv, type Terminal } from './terminal.ts';

/** So many rejected rows are told one by one. */
const SHOWN_REJECTED = 10;

interface ImportFlags {
  readonly source?: string | undefined;
  readonly format?: string | undefined;
  /** Field to column, e.g. `{ text: 'Comment' }`. */
  readonly map?: Readonly<Record<string, string>> | undefined;
  readonly dryRun?: boolean | undefined;
  readonly wait: boolean;
  readonly json?: boolean | undefined;
}

/** `earshot import FILE`: returns when every row has its bin. Interrupted, it is simply run again. */
export async function importCommand(path: string, flags: ImportFlags, terminal: Terminal): Promise<number> {
  const options = {
    ...(flags.format ? { format: flags.format } : {}),
    ...(flags.map ? { map: flags.map } : {}),
  };
  const deps = { now: systemClock, folder: process.cwd() };
  if (flags.dryRun) {
    terminal.stdout.write(`${JSON.stringify(await describeFile(path, options, deps), null, 2)}\n`);
    return 0;
  }
  const reader = openFileSource(parseOptions(file.kind, FileOptions, { ...options, path }), deps);
  // Read before anything is opened or written, so that a file that cannot be read leaves nothing behind.
  refuseIfHopeless(path, await reader.fetchPage(null, AbortSignal.any([])));
  const app = await openApp({ processEnv: quietEnv(terminal.env) });
  try {
    const name = flags.source || basename(path, extname(path));
    const rejected: RejectedRow[] = [];
    const noting: Source = {
      ...reader,
      async fetchPage(cursor, signal) {
        const page = await reader.fetchPage(cursor, signal);
        rejected.push(...page.rejected.slice(0, SHOWN_REJECTED - rejected.length));
        return page;
      },
    };
    const report = await runImport(app, { name, kind: file.kind, reader: noting }, flags, terminal);
    for (const row of rejected) linesOf(terminal).err(placed(path, row));
    terminal.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : describeReport(report));
    return 0;
  } finally {
    await reader.close();
    await app.close();
  }
}

/** Throws AppError `invalid-input` for a whole file of which no row can be read. */
function refuseIfHopeless(path: string, { mentions, rejected, hasMore }: SourcePage): void {
  if (mentions.length > 0 || hasMore) return;
  const shown = rejected.slice(0, SHOWN_REJECTED).map((row) => placed(path, row));
  const rest = 'no row of it can be read, so nothing was imported; mend it and import it again';
  throw new AppError('invalid-input', [...shown, `${path}: ${rest}`].join('\n'));
}

function placed(path: string, { where, reason }: RejectedRow): string {
  return `${path}, ${where}: ${reason}`;
}

type Report = Readonly<
  Record<
    | 'rows'
    | 'inserted'
    | 'duplicate'
    | 'rejected'
    | 'routed'
    | 'unsure'
    | 'no_opinion'
    | 'quarantined'
    | 'ours'
    | 'seconds',
    number
  >
>;

async function runImport(
  app: App,
  source: { name: string; kind: string; reader: Source },
  { wait }: ImportFlags,
  terminal: Terminal,
): Promise<Report> {
  const started = Date.now();
  const progress = createProgress(terminal);
  const { mentions, wake, clock, config } = app;
  const workers = wait ? await startWorkers(app, ['analyse', 'route']) : null;
  try {
    const deps = { mentions, wake, clock, ours: () => config.workspace.ours };
    const batchId = await importFile(
      {
        ...deps,
        onPage: (sums, share) =>
          progress.show(
            `${sums.rows} rows read${share === undefined ? '' : ` (${Math.round(share * 100)} %)`}, ${sums.inserted} new`,
          ),
      },
      source,
      AbortSignal.any([]),
    );
    const batch = wait
      ? await waitForOutcomes(mentions, batchId, ({ pending }) =>
          progress.show(`${pending} mentions still to be analysed and routed`),
        )
      : await mentions.readBatch(batchId);
    progress.done(`${batch.rows} rows read, ${batch.inserted} new`);
    return reportOf(batch, (Date.now() - started) / 1000);
  } finally {
    await workers?.close();
  }
}

function reportOf({ rows, inserted, duplicate, rejected, outcomes }: BatchProgress, seconds: number): Report {
  return {
    rows,
    inserted,
    duplicate,
    rejected,
    routed: outcomes.routed,
    unsure: outcomes.unsure,
    no_opinion: outcomes['no-opinion'],
    quarantined: outcomes.quarantined,
    ours: outcomes.ours,
    seconds: Math.round(seconds * 10) / 10,
  };
}

function describeReport(report: Report): string {
  const {
    rows,
    inserted,
    duplicate,
    rejected,
    routed,
    unsure,
    no_opinion: none,
    quarantined,
    ours,
    seconds,
  } = report;
  return [
    `${count(rows, 'row')} in ${seconds} s: ${inserted} new, ${duplicate} heard before, ${rejected} rejected`,
    `of the new ones: ${routed} routed, ${unsure} unsure, ${none} without opinion, ${quarantined} quarantined, ${ours} ours`,
    ...(rejected > 0
      ? ['the reasons of all that were rejected are kept with the batch (table ingest_rejection)']
      : []),
    '',
  ].join('\n');
}
