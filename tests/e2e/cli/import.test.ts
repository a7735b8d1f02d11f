import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkspace, type Workspace } from './cli-fixture.ts';

const KEYS = [
  'rows',
  'inserted',
  'duplicate',
  'rejected',
  'routed',
  'unsure',
  'no_opinion',
  'quarantined',
  'ours',
  'seconds',
];

const CSV = `id,Comment,date,handle
1,The sales rep was rude and pushy,2026-11-01,@anna
2,See you on Tuesday,2026-11-01,@ben
2,See you on Tuesday,2026-11-01,@ben
3,,2026-11-01,@cy
4,"We are proud of ""Atlas 2"",
out today",2026-11-02,@fernhill
5,A day that is none,someday,@dan
`;

const JSONL = `{"id":"a","text":"Atlas keeps crashing, it is awful","author":{"handle":"@anna"},"occurred_at":"2026-11-03T08:00:00Z"}
{"id":"b","text":"The dashboard is wonderful","author":{"email":"ben@acme.example"},"occurred_at":"2026-11-03T09:00:00Z"}

{"id":"a","text":"Atlas keeps crashing, it is awful","author":{"handle":"@anna"},"occurred_at":"2026-11-03T08:00:00Z"}
`;

const MBOX = `From anna@acme.example Mon Nov  2 09:30:00 2026
From: Anna <anna@acme.example>
Date: Mon, 2 Nov 2026 09:30:00 +0000
Message-ID: <one@acme.example>
Subject: Your sales team

The sales team was rude to us again.

From ben@acme.example Mon Nov  2 10:30:00 2026
From: Ben <ben@acme.example>
Date: Mon, 2 Nov 2026 10:30:00 +0000
Message-ID: <two@acme.example>
Subject: Out of office
Auto-Submitted: auto-replied

I am away until Monday.
`;

type Report = Readonly<Record<string, number>>;

describe('import', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await openWorkspace();
  });
  afterAll(() => workspace.close());

  const importJson = async (name: string, content: string, ...flags: string[]) => {
    const path = await workspace.write(name, content);
    const { code, stdout, stderr } = await workspace.run(['import', path, '--json', ...flags]);
    expect(code, stderr).toBe(0);
    const report = JSON.parse(stdout) as Report;
    expect(Object.keys(report)).toEqual(KEYS);
    return { report, stderr };
  };
  const binned = (report: Report): number =>
    KEYS.filter((key) => !['rows', 'inserted', 'seconds'].includes(key)).reduce(
      (sum, key) => sum + (report[key] ?? Number.NaN),
      0,
    );

  it('with --dry-run says what it would read and writes nothing', async () => {
    const path = await workspace.write('posts.csv', CSV);

    const { code, stdout } = await workspace.run(['import', path, '--map', 'text=Comment', '--dry-run']);

    expect({ code, described: JSON.parse(stdout) as unknown }).toMatchObject({
      code: 0,
      described: {
        format: 'csv',
        mapping: { id: 'id', text: 'Comment', date: 'date', handle: 'handle' },
        sampled: 6,
        rejected: 2,
        isWhole: true,
      },
    });
    expect(Object.values((await workspace.counts()) ?? {}).every((rows) => rows === 0)).toBe(true);
  });

  it('gives every row of a table one bin, and tells the rejected ones with their lines', async () => {
    const { report, stderr } = await importJson('posts.csv', CSV, '--map', 'text=Comment');

    expect(report).toMatchObject({
      rows: 6,
      inserted: 3,
      duplicate: 1,
      rejected: 2,
      ours: 1,
      quarantined: 0,
    });
    expect(report.routed).toBeGreaterThan(0);
    expect(binned(report)).toBe(6);
    expect(stderr).toMatch(/^earshot: .*posts\.csv, line 5: the text is empty$/m);
    expect(stderr).toMatch(/^earshot: .*posts\.csv, line 8: the date cannot be read: /m);
  });

  it('adds nothing the second time', async () => {
    const { report } = await importJson('posts.csv', CSV, '--map', 'text=Comment');

    expect(report).toMatchObject({ rows: 6, inserted: 0, duplicate: 4, rejected: 2 });
    expect(binned(report)).toBe(6);
    expect(await workspace.counts()).toMatchObject({ mention: 3, source: 1, config_version: 1 });
  });

  it('reads an mbox, and keeps what a machine wrote apart', async () => {
    const { report } = await importJson('mails.mbox', MBOX);

    expect(report).toMatchObject({
      rows: 2,
      inserted: 2,
      duplicate: 0,
      rejected: 0,
      routed: 1,
      quarantined: 1,
    });
  });

  it('with --no-wait returns before anything is analysed, and --source names the source', async () => {
    const { report } = await importJson('posts.jsonl', JSONL, '--no-wait', '--source', 'forum');

    expect(report).toMatchObject({
      rows: 3,
      inserted: 2,
      duplicate: 1,
      rejected: 0,
      routed: 0,
      no_opinion: 0,
    });
    const waiting = await workspace.database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM mention m JOIN hearing h ON h.mention_id = m.id JOIN source s ON s.id = h.source_id
         JOIN waiting_mention w ON w.mention_id = m.id WHERE s.name = 'forum' AND w.stage = 'analyse'`,
    );
    expect(waiting).toEqual([{ n: 2 }]);
  });
});
