import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileDigest } from '../../../src/pipeline/compile-digest.ts';
import { type DigestDeps, runDueDigests, sendDigest } from '../../../src/pipeline/run-digests.ts';
import { verifyDigest } from '../../../src/pipeline/verify-digest.ts';
import { createReanalysisStore } from '../../../src/store/reanalysis-store.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { seedWorkspace } from '../../support/seed-workspace.ts';
import { digestDeps, EXECUTIVE, MORNING, SALES, SUNDAY } from './digest-fixture.ts';

const spoken = (at: string, author = 'ann') => ({
  text: 'The price per seat is a joke',
  at,
  author,
  opinions: [{ aspect: 'pricing', polarity: 'negative' as const }],
});

const at = (time: string): Date => new Date(time);

describe('running digests', () => {
  let fresh: FreshDatabase;
  let deps: DigestDeps;
  beforeEach(async () => {
    fresh = await freshDatabase();
    deps = digestDeps(fresh.database);
    await seedWorkspace(fresh.database, { mentions: [spoken('2026-11-22T12:00:00Z')] });
  });
  afterEach(() => fresh.close());

  const ledger = () =>
    fresh.database.query<{
      id: string;
      receiver: string;
      integration: string;
      subject: string;
      html: string | null;
    }>(
      `SELECT message_id AS id, receiver, integration, message->>'subject' AS subject, message->>'html' AS html FROM delivery ORDER BY id`,
    );
  const runs = () =>
    fresh.database.query<{ date: string; state: string }>(
      `SELECT local_date::text AS date, state FROM digest_run ORDER BY 1`,
    );

  it('sends nothing before its time of day, and the day before once it has come', async () => {
    const early = await runDueDigests(deps, at('2026-11-23T07:29:59Z'));
    const due = await runDueDigests(deps, MORNING);

    expect(early).toEqual([]);
    expect(due).toEqual([{ digest: 'executive', date: SUNDAY, result: 'sent', deliveries: 2 }]);
    expect((await ledger()).map(({ id }) => id)).toEqual([
      'digest:executive:2026-11-22:board:email:0',
      'digest:executive:2026-11-22:board:slack:0',
    ]);
  });

  it('writes one run and one set of deliveries however many processes race, and wakes the deliveries once', async () => {
    const woken: string[] = [];
    const racing = { ...deps, wake: async (queue: string) => void woken.push(queue) };

    const outcomes = await Promise.all(Array.from({ length: 8 }, () => runDueDigests(racing, MORNING)));

    const sent = outcomes.flat().filter(({ result }) => result === 'sent');
    expect(sent).toHaveLength(1);
    expect(await runs()).toEqual([{ date: SUNDAY, state: 'on-schedule' }]);
    expect(await ledger()).toHaveLength(2);
    expect(woken).toEqual(['deliver']);
  });

  it('does nothing when it runs again, also when the clock has gone back', async () => {
    await runDueDigests(deps, MORNING);

    expect(await runDueDigests(deps, at('2026-11-23T09:00:00Z'))).toEqual([]);
    expect(await runDueDigests(deps, at('2026-11-22T09:00:00Z'))).toEqual([]);
    expect(await runs()).toHaveLength(1);
  });

  it('sends what is at most 12 hours late and records what is later as skipped', async () => {
    await runDueDigests(deps, MORNING);

    const outcomes = await runDueDigests(deps, at('2026-11-26T19:30:00Z'));

    expect(outcomes.map(({ date, result }) => [date, result])).toEqual([
      ['2026-11-23', 'too-late'],
      ['2026-11-24', 'too-late'],
      ['2026-11-25', 'sent'],
    ]);
    expect((await runs()).map(({ state }) => state)).toEqual([
      'on-schedule',
      'skipped',
      'skipped',
      'on-schedule',
    ]);
  });

  it('begins a new digest without a past', async () => {
    expect(await runDueDigests(deps, at('2026-11-23T20:00:00Z'))).toEqual([]);
    expect(await runs()).toEqual([]);
  });

  it('sends one line on an empty day, or nothing when the digest says so, and goes on the day after', async () => {
    const both = digestDeps(fresh.database, [EXECUTIVE, SALES]);
    await seedWorkspace(fresh.database, { mentions: [spoken('2026-11-19T12:00:00Z')] });

    const first = await runDueDigests(both, at('2026-11-22T07:30:00Z'));
    const next = await runDueDigests(both, at('2026-11-23T07:30:00Z'));

    expect(first.map(({ result }) => result)).toEqual(['sent', 'empty']);
    expect(next.map(({ result }) => result)).toEqual(['sent', 'empty']);
    expect((await ledger())[0]?.subject).toBe('All quiet on Sat 21 Nov');
  });

  it('leaves out the day before a new workspace heard anything, and says a day later that it was quiet', async () => {
    const young = digestDeps(fresh.database);

    const first = await runDueDigests(young, at('2026-11-22T07:30:00Z'));
    const next = await runDueDigests(young, at('2026-11-23T07:30:00Z'));

    expect(first.map(({ result, deliveries }) => [result, deliveries])).toEqual([['empty', 0]]);
    expect(next.map(({ result }) => result)).toEqual(['sent']);
  });

  it('shows what arrived after its day was compiled as late, in one digest only', async () => {
    await runDueDigests(deps, MORNING);
    await seedWorkspace(fresh.database, { mentions: [spoken('2026-11-22T23:00:00Z', 'late bird')] });

    await runDueDigests(deps, at('2026-11-24T07:30:00Z'));
    await runDueDigests(deps, at('2026-11-25T07:30:00Z'));

    const [monday, tuesday] = [
      await deps.runs.find('executive', '2026-11-23'),
      await deps.runs.find('executive', '2026-11-24'),
    ];
    expect(monday?.document.late).toEqual({ messages: 1, people: 1, accounts: 0 });
    expect(tuesday?.document.late).toEqual({ messages: 0, people: 0, accounts: 0 });
    const page = await deps.readModel.listEvidence(monday?.document.frozen ?? failed(), { late: true });
    expect(page.mentions.map(({ author }) => author)).toEqual(['late bird']);
  });

  it('says in the next digest that history was read again, and counts by it from then on', async () => {
    await runDueDigests(deps, MORNING);
    const versions = await fresh.database.query<{ modelVersionId: number; configVersionId: number }>(
      `WITH model AS (INSERT INTO model_version (name) VALUES ('reader-2') RETURNING id)
       SELECT model.id AS "modelVersionId", (SELECT max(config_version_id) FROM analysis) AS "configVersionId" FROM model`,
    );
    const [now] = versions;
    if (!now) throw new Error('INSERT … RETURNING gave no row');
    const reanalyses = createReanalysisStore(fresh.database, () => now);
    await reanalyses.begin({ since: at('2026-11-01T00:00:00Z'), author: 'ann' });
    const silent = {
      lang: 'en',
      spam: false,
      polarity: 'neutral',
      score: 0,
      intents: [],
      urgency: 0,
      opinions: [],
    } as const;
    await reanalyses.readBatch(10, async (mentions) =>
      mentions.map(({ id, revisionId }) => ({
        id,
        revisionId,
        classification: silent,
        failure: null,
        entities: [],
        outcome: 'no-opinion',
        outcomeReason: null,
      })),
    );
    const before = await compileDigest(deps, {
      definition: EXECUTIVE,
      date: '2026-11-23',
      now: at('2026-11-24T07:30:00Z'),
    });
    await reanalyses.adopt('ann', ({ reread }) => reread);
    const after = await compileDigest(deps, {
      definition: EXECUTIVE,
      date: '2026-11-23',
      now: at('2026-11-24T07:30:00Z'),
    });

    expect(before.rendered.text).not.toContain('read again');
    expect(after.rendered.text.replaceAll(/\s+/g, ' ')).toContain(
      'History was read again by reader-2: 1 of 1 message',
    );
    expect([before, after].map(({ counted }) => counted.trend.at(-1)?.total.messages)).toEqual([1, 0]);
    expect(await verifyDigest(deps, 'executive', SUNDAY)).toEqual({ result: 'identical' });
  });

  it('sends any past day by hand once, and the frozen content again only when asked', async () => {
    const request = { definition: EXECUTIVE, date: SUNDAY, now: MORNING };

    const first = await sendDigest(deps, { ...request, again: false });
    await seedWorkspace(fresh.database, { mentions: [spoken('2026-11-22T13:00:00Z', 'bob')] });
    const second = await sendDigest(deps, { ...request, again: false });
    const third = await sendDigest(deps, { ...request, again: true });

    expect([first.result, second.result, third.result]).toEqual(['sent', 'exists', 'sent-again']);
    const rows = await ledger();
    expect(new Set(rows.map(({ id }) => id)).size).toBe(4);
    expect(rows[0]?.html).toBe(rows[2]?.html);
    expect(await runDueDigests(deps, MORNING)).toEqual([]);
  });

  it('sends a skipped day by hand without asking twice', async () => {
    await runDueDigests(deps, MORNING);
    await runDueDigests(deps, at('2026-11-25T07:30:00Z'));

    const send = await sendDigest(deps, {
      definition: EXECUTIVE,
      date: '2026-11-23',
      now: at('2026-11-25T08:00:00Z'),
      again: false,
    });

    expect(send).toMatchObject({ result: 'sent', deliveries: 2 });
    expect((await runs())[1]).toEqual({ date: '2026-11-23', state: 'by-hand' });
  });

  it('refuses a day that is not over', async () => {
    await expect(
      sendDigest(deps, { definition: EXECUTIVE, date: '2026-11-23', now: MORNING, again: false }),
    ).rejects.toMatchObject({ kind: 'invalid-input', message: expect.stringContaining('not over') });
    expect(await runs()).toEqual([]);
  });
});

function failed(): never {
  throw new Error('There is no run');
}
