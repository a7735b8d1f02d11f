import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, openApp } from '../../src/app/app.ts';
import { httpDeps } from '../../src/app/http-deps.ts';
import { type Door, openDoor } from '../../src/http/door.ts';
import { createHttpApp } from '../../src/http/http-app.ts';
import { analyseBatch } from '../../src/pipeline/analyse-batch.ts';
import { ingestPage } from '../../src/pipeline/ingest-page.ts';
import { routeBatch } from '../../src/pipeline/route-batch.ts';
import { type FreshDatabase, freshDatabase } from '../support/fresh-database.ts';

const CHROMIUM = '/usr/bin/chromium';
const isHere = existsSync(CHROMIUM);

/** Each would show itself as a dialog, a request elsewhere or a broken layout if it were ever more than text. */
const HOSTILE = [
  '<script>alert(1)</script> The app is great but the price is a rip-off <img src=x onerror=alert(2)>',
  '"><svg/onload=alert(3)> I love Atlas <style>body{display:none}</style> but support was rude',
  '<iframe src="http://203.0.113.7/"></iframe><base href="http://203.0.113.7/"> your sales rep lied to us',
  `${'Donaudampfschifffahrtsgesellschaft'.repeat(20)} the app crashed again`,
];

describe.runIf(isHere)(
  `the pages in a browser${isHere ? '' : ' (skipped: Chromium is not installed)'}`,
  () => {
    let fresh: FreshDatabase;
    let folder: string;
    let app: App;
    let door: Door;
    let browser: Browser;

    beforeAll(async () => {
      fresh = await freshDatabase();
      folder = await mkdtemp(join(tmpdir(), 'earshot-pages-'));
      door = await openDoor({ host: '127.0.0.1', port: 0 });
      const EARSHOT_URL = `http://127.0.0.1:${door.port}`;
      app = await openApp({
        processEnv: { DATABASE_URL: fresh.url, EARSHOT_DATA: folder, EARSHOT_URL, LOG_LEVEL: 'silent' },
      });
      await feed(app);
      door.admit(createHttpApp(httpDeps(app)));
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    });
    afterAll(async () => {
      await browser.close();
      await door.close();
      await app.close();
      await fresh.close();
      await rm(folder, { recursive: true, force: true });
    });

    const paths = ['/', '/digests/sales', '/mentions/1', '/mentions/2', '/mentions/3', '/mentions/4'];
    const views = [
      { width: 375, colorScheme: 'dark' },
      { width: 1280, colorScheme: 'light' },
    ] as const;

    it.each(paths.flatMap((path) => views.map((view) => ({ path, ...view }))))(
      'show $path at $width px in $colorScheme as text alone, without scrolling sideways',
      async ({ path, width, colorScheme }) => {
        const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
        const trouble: string[] = [];
        page.on(
          'dialog',
          (dialog) => void dialog.dismiss().then(() => trouble.push(`dialog ${dialog.message()}`)),
        );
        page.on('pageerror', (error) => trouble.push(error.message));
        page.on('request', (request) => {
          if (new URL(request.url()).port !== String(door.port)) trouble.push(`request to ${request.url()}`);
        });

        await page.goto(`http://127.0.0.1:${door.port}${path}`);
        const overflow = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        const foreign = await page.locator('script, iframe, img, svg, base').count();
        await page.close();

        expect({ trouble, overflow, foreign }).toEqual({ trouble: [], overflow: 0, foreign: 0 });
      },
    );

    it('open the mentions behind a number', async () => {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${door.port}/`);
      await page.locator('a[href*="/evidence"]').first().click();

      const marked = await page.locator('mark').count();
      await page.close();
      expect(marked).toBeGreaterThan(0);
    });
  },
);

async function feed(app: App): Promise<void> {
  const { mentions, wake, clock, routing, config } = app;
  const { batchId, sourceId } = await mentions.openBatch({ name: 'hostile', kind: 'test' });
  const heard = HOSTILE.map((text, index) => ({
    platform: 'review',
    externalId: String(index),
    kind: 'review' as const,
    text,
    author: { name: `<b onmouseover=alert(9)>Mallory ${index}</b>` },
    url: 'javascript:alert(8)',
    occurredAt: clock(),
  }));
  const page = { mentions: heard, rejected: [] };
  await ingestPage(
    { mentions, wake, ours: () => config.workspace.ours },
    { batchId, sourceId, listeningSince: new Date(0) },
    page,
    clock(),
  );
  await analyseBatch(app);
  await routeBatch({ routing, root: () => config.route, wake });
}
