import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadSample } from '../../prisma/demo/load.ts';
import { SAMPLE_PEOPLE } from '../../prisma/demo/people.ts';
import { SAMPLE_DEEDS } from '../../prisma/demo/work.ts';
import { startWorkers } from '../../workers/index.ts';
import { themeWorker } from '../../workers/theme.ts';
import type { App } from '../app/app.ts';
import { arbitrationOf } from '../app/arbitration.ts';
import { localDate } from '../digest/calendar.ts';
import { neighbourEnd } from '../digest/schedule.ts';
import type { DigestDefinition } from '../domain/digest.ts';
import type { HeardMention } from '../domain/mention.ts';
import { QUEUES } from '../domain/ports/wake-up.ts';
import { AppError } from '../lib/app-error.ts';
import { actOnCase } from '../pipeline/act-on-case.ts';
import { compileDigest } from '../pipeline/compile-digest.ts';
import { importAccounts } from '../pipeline/import-accounts.ts';
import { waitForOutcomes } from '../pipeline/import-file.ts';
import { ingestPage } from '../pipeline/ingest-page.ts';
import { sendDigest } from '../pipeline/run-digests.ts';
import { createCaseStore } from '../store/case-store.ts';
import type { Database } from '../store/database.ts';
import { createPeopleStore } from '../store/person-store.ts';
import { serve } from './serve.ts';
import { createProgress, quietEnv, type Terminal } from './terminal.ts';

const SAMPLE_CONFIG = fileURLToPath(new URL('../../prisma/demo/earshot.yaml', import.meta.url));

/** `earshot demo`: fills a sample workspace through the same path as production, shows its digest, then runs as `start`. */
export async function demoCommand(terminal: Terminal): Promise<number> {
  const env = quietEnv({ ...terminal.env, EARSHOT_CONFIG: terminal.env.EARSHOT_CONFIG || SAMPLE_CONFIG });
  const progress = createProgress(terminal);
  progress.show('starting the database');
  return serve(
    { ...terminal, env },
    {
      hasApi: true,
      queues: QUEUES,
      guard: claimForSample,
      prepare: (app) => fill(app, (line) => progress.show(line)),
      onReady: async (app, url) => {
        await sendYesterday(app);
        await show(app, { url, terminal, progress });
      },
    },
  );
}

/** The sample never mixes with somebody's own data. */
async function claimForSample(database: Database): Promise<void> {
  const [found] = await database.query<{ isSample: boolean; isUsed: boolean }>(
    `SELECT is_sample AS "isSample", EXISTS (SELECT FROM mention) AS "isUsed" FROM workspace`,
  );
  if (found?.isUsed && !found.isSample) {
    throw new AppError(
      'conflict',
      'This workspace holds data of your own, which the demo does not mix with its sample; set EARSHOT_DATA to another folder',
    );
  }
  await database.execute('UPDATE workspace SET is_sample = true');
}

async function fill(app: App, show: (line: string) => void): Promise<void> {
  await addPeople(app);
  const { accounts, clock, config, mentions, wake } = app;
  const sample = loadSample(clock(), config.workspace.timezone);
  const file = sample.accountsCsvPath;
  await importAccounts({ file, stream: createReadStream(file), dryRun: false }, accounts);
  const workers = await startWorkers(app, ['analyse', 'route']);
  try {
    let fed = 0;
    for (const [name, heard] of bySource(sample.mentions)) {
      const { batchId, sourceId } = await mentions.openBatch({ name, kind: 'demo' });
      const deps = { mentions, wake, ours: () => config.workspace.ours };
      const now = clock();
      const page = { mentions: heard, rejected: [] };
      await ingestPage(deps, { batchId, sourceId, listeningSince: now }, page, now);
      await mentions.closeBatch(batchId);
      fed += heard.length;
      show(`${fed} of ${sample.mentions.length} sample messages heard`);
      await waitForOutcomes(mentions, batchId, ({ pending }) =>
        show(`${fed} of ${sample.mentions.length} heard, ${pending} to read`),
      );
    }
  } finally {
    await workers.close();
  }
  const formThemes = themeWorker(app);
  const { signal } = new AbortController();
  while (await formThemes(signal));
  await doDeeds(app);
}

/** What the sample's people have done so far; what was done in an earlier start of the demo stays as it is. */
async function doDeeds(app: App): Promise<void> {
  const { database, clock } = app;
  const people = createPeopleStore(database);
  const deps = { cases: createCaseStore(database), arbitration: arbitrationOf(app) };
  const known = await people.list();
  for (const { mention, department, by, action, daysAgo = 0 } of SAMPLE_DEEDS) {
    const [found] = await database.query<{ id: string }>(SAMPLE_CASE, mention, department);
    const person = known.find(({ email }) => email === by);
    if (found === undefined || person === undefined) continue;
    await actOnCase(deps, { id: found.id, version: 1, action, person }, clock());
    if (daysAgo > 0)
      await database.execute(
        `UPDATE cases SET closed_at = now() - $2::int * interval '1 day' WHERE id = $1::bigint`,
        found.id,
        daysAgo,
      );
  }
}

const SAMPLE_CASE = `SELECT c.id::text FROM mention m JOIN opinion o ON o.analysis_id = m.analysis_id JOIN case_member cm ON cm.opinion_id = o.id AND cm.removed_at IS NULL
    JOIN cases c ON c.id = cm.case_id JOIN department d ON d.id = c.department_id
   WHERE m.external_id = $1 AND d.name = $2 AND c.version = 1 AND c.closed_at IS NULL ORDER BY c.id LIMIT 1`;

/** Nobody of the sample has a password: one click signs in, at this machine alone. */
async function addPeople({ database }: App): Promise<void> {
  const people = createPeopleStore(database);
  const known = new Set((await people.list()).map(({ email }) => email));
  for (const person of SAMPLE_PEOPLE) if (!known.has(person.email)) await people.add(person, 'demo');
}

function bySource(
  mentions: readonly { readonly source: string; readonly mention: HeardMention }[],
): Map<string, HeardMention[]> {
  const sources = new Map<string, HeardMention[]>();
  for (const { source, mention } of mentions) sources.set(source, [...(sources.get(source) ?? []), mention]);
  return sources;
}

/** Yesterday's digests go out to the sample's receivers, as this morning's schedule would have sent them. */
async function sendYesterday({ digests, clock }: App): Promise<void> {
  const now = clock();
  for (const definition of digests.settings.definitions) {
    const date = neighbourEnd(definition, localDate(definition.zone, now.getTime()), -1);
    await sendDigest(digests, { definition, date, now, again: false });
  }
}

async function show(
  app: App,
  {
    url,
    terminal,
    progress,
  }: { url: string; terminal: Terminal; progress: ReturnType<typeof createProgress> },
): Promise<void> {
  const { clock, dataFolder, database, digests } = app;
  const definition = digests.settings.definitions.find(({ department }) => department === undefined);
  if (!definition)
    throw new AppError(
      'invalid-input',
      'The config of the demo defines no digest for executives; add one without a department',
    );
  const date = await lastDay(database, definition);
  const { rendered } = await compileDigest(digests, { definition, date, now: clock() });
  progress.done('');
  terminal.stdout.write(`${rendered.text}\n`);
  const today = localDate(definition.zone, clock().getTime());
  if (date !== today)
    terminal.stderr.write(`The sample ends on ${date}; delete ${dataFolder} to have one that ends today.\n`);
  terminal.stderr.write(
    `Read it as a page: ${url}/digests/${definition.name}/${date}\nWhat went out: ${dataFolder}/outbox\nBeside this, try: npm run earshot -- ask "How do our top 20 clients like Atlas?"\nCtrl-C stops it.\n`,
  );
}

/** The last local day that anybody was heard on. */
async function lastDay(database: Database, { zone }: DigestDefinition): Promise<string> {
  const [row] = await database.query<{ at: Date | null }>('SELECT max(counted_at) AS at FROM mention');
  return localDate(zone, row?.at?.getTime() ?? Date.now());
}
