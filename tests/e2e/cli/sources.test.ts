import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { earshot, type Running } from '../../support/run-script.ts';
import { type FeedStub, rssOf, startFeedStub } from '../../support/stub-feed.ts';
import { CONFIG, expectRefusal, openWorkspace, type Workspace } from './cli-fixture.ts';

const WAIT = { timeout: 60_000, interval: 250 };
const JERKS = 'They love it, but they think the sales department is a bunch of jerks';

describe('listening to a feed', () => {
  let workspace: Workspace;
  let feed: FeedStub;
  let running: Running;

  beforeAll(async () => {
    workspace = await openWorkspace();
    feed = await startFeedStub();
    feed.failWith(...Array.from({ length: 50 }, () => ({ status: 404 })));
    const sources = `sources: [{ name: reviews, kind: rss, url: '${feed.url}', channel: review, every: 1s }]\n`;
    await workspace.write(
      'earshot.yaml',
      `${CONFIG.replace('receiver: all\n', 'receiver: all\n  group_wait: 0s\n')}${sources}`,
    );
    running = earshot(['start'], {
      DATABASE_URL: workspace.url,
      EARSHOT_CONFIG: workspace.path('earshot.yaml'),
      EARSHOT_DATA: workspace.path('.'),
      PORT: '0',
      LOG_LEVEL: 'error',
    });
    await running.says('Ctrl-C stops it');
  });
  afterAll(async () => {
    running.child.kill('SIGTERM');
    await running.ended;
    await feed.close();
    await workspace.close();
  });

  const health = async () => JSON.parse((await workspace.run(['sources', '--json'])).stdout)[0];
  const sent = async (): Promise<string> => readFile(workspace.path('outbox.ndjson'), 'utf8').catch(() => '');

  it('says that it cannot be heard, what to do, and sends one alarm', { timeout: 120_000 }, async () => {
    await vi.waitFor(async () => expect(await health()).toMatchObject({ state: 'failing' }), WAIT);
    const { code, stdout } = await workspace.run(['sources']);

    expect(code).toBe(1);
    expect(stdout).toMatch(/^failing\s+reviews \(rss\): failing for under a minute: .*404/);
    expect(stdout).toContain('earshot sources test "reviews"');
    await vi.waitFor(async () => expect(await sent()).toContain('"type":"alarm"'), WAIT);
    expect(await sent()).toContain('"source":"reviews"');
  });

  it('is tested without moving anything, and a good test has it read at once', {
    timeout: 120_000,
  }, async () => {
    expectRefusal(await workspace.run(['sources', 'test', 'reviews']), {
      code: 1,
      says: /reviews cannot be heard: .*404/,
    });
    expectRefusal(await workspace.run(['sources', 'test', 'reveiws']), {
      code: 1,
      says: /did you mean "reviews"/,
    });
    feed.failWith();
    for (let left = 0; left < 50; left += 1) await fetch(feed.url);
    feed.publish(rssOf([{ guid: '1', title: 'Fernhill', body: JERKS, date: new Date().toUTCString() }]));

    const { code, stdout } = await workspace.run(['sources', 'test', 'reviews']);

    expect([code, stdout]).toEqual([0, expect.stringMatching(/^ok: .*1 item/)]);
    await vi.waitFor(async () => expect(await health()).toMatchObject({ state: 'ok' }), WAIT);
  });

  it('takes what it brings to the departments that own it', { timeout: 120_000 }, async () => {
    await vi.waitFor(
      async () => expect((await sent()).match(/"type":"notification"/g)).toHaveLength(2),
      WAIT,
    );

    expect(await workspace.database.query('SELECT platform, outcome FROM mention')).toEqual([
      { platform: 'web', outcome: 'routed' },
    ]);
  });
});
