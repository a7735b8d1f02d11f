import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ago, list, seedCases } from '../integration/http/case-fixture.ts';
import type { Visitor } from '../integration/http/http-fixture.ts';
import { axeViolations, drawn, openSite, type Site } from './browser-fixture.ts';
import { CHROMIUM } from './chromium.ts';

const isHere = existsSync(CHROMIUM);

/** Each would show itself as a dialog, a request elsewhere or a broken layout if it were ever more than text. */
const HOSTILE = [
  '<script>alert(1)</script><img src=x onerror=alert(2)>',
  '"><svg/onload=alert(3)><style>body{display:none}</style>',
  '<iframe src="http://203.0.113.7/"></iframe><base href="http://203.0.113.7/">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(4)&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=alert(5)>">',
  '<meta http-equiv=refresh content="0;url=http://203.0.113.7/"><form action=//evil.example>',
  'Donaudampfschifffahrtsgesellschaft'.repeat(20),
  '\u202etxt.exe\u2066 \u0000'.replace('\u0000', ''),
];

const PATHS = [
  '/inbox',
  '/inbox?case=CASE',
  '/inbox?tab=resolved&q=%3Cscript%3E',
  '/digests/executive',
  '/digests/executive/DAY/evidence',
  '/mentions/1',
  '/quarantine',
  '/unsure',
  '/sources',
  '/deliveries',
  '/people',
  '/keys',
  '/analysis',
  '/config',
  '/silences',
  '/nowhere/%3Cimg%20src=x%20onerror=alert(6)%3E',
];

const VIEWS = [
  { width: 375, colorScheme: 'dark' },
  { width: 375, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
] as const;

describe.runIf(isHere)(
  `the pages in a browser${isHere ? '' : ' (skipped: Chromium is not installed)'}`,
  () => {
    let site: Site;
    let admin: Visitor;
    let caseId: string;

    beforeAll(async () => {
      site = await openSite();
      const words = HOSTILE[0] ?? '';
      admin = await site.signIn('admin');
      await site.signIn('lead', 'product', 'sales');
      await site.fresh.database.execute('UPDATE person SET name = $1', words);
      await seedCases(site, {
        accounts: HOSTILE.map((name, index) => ({
          name,
          tier: `<b>${index}</b>`,
          owner: name,
          revenue: 100 - index,
        })),
        mentions: HOSTILE.flatMap((words, index) => [
          said(`The app is great but the price is a rip-off ${words}`, index),
          { ...said(`Win money ${words}`, index), spam: true, outcome: 'quarantined' },
          { ...said(`Well ${words}`, index), outcome: 'unsure' },
        ]),
      });
      await site.fresh.database.execute(`UPDATE mention SET url = 'javascript:alert(8)' WHERE id % 2 = 0`);
      const rows = await list(admin);
      caseId = rows[0]?.id ?? '';
      await admin.ask('/api/v1/cases/actions', {
        method: 'POST',
        json: {
          cases: rows.map(({ id, version }) => ({ id, version })),
          action: { kind: 'note', text: words },
        },
      });
      for (const isShared of [true, false])
        await admin.ask('/api/v1/views', {
          method: 'POST',
          json: { name: words.slice(0, 60), q: '<script>', isShared },
        });
      await site.key('intake');
    });
    afterAll(() => site.close());

    const addressOf = (path: string): string =>
      path.replace('CASE', caseId).replace('DAY', new Date().toISOString().slice(0, 10));

    it.each(PATHS)(
      'show %s as text alone, for everybody, without scrolling sideways, narrow and wide, dark and light',
      async (path) => {
        const watched = await site.openPage(admin);
        const { page, trouble, ask } = watched;
        await page.goto(addressOf(path));
        const seen: object[] = [];
        for (const { width, colorScheme } of VIEWS) {
          await page.setViewportSize({ width, height: 800 });
          await page.emulateMedia({ colorScheme });
          await drawn(page);
          const overflow = await ask(
            'document.documentElement.scrollWidth - document.documentElement.clientWidth',
          );
          seen.push({ width, colorScheme, overflow, violations: await axeViolations(watched) });
        }
        const foreign = await page
          .locator('#app :is(script, style, iframe, img, base, meta, form[action], [onload], [onerror])')
          .count();
        const links = await ask<string[]>(
          `[...document.links].filter((link) => link.origin !== location.origin).map((link) => link.protocol + ' ' + link.rel)`,
        );
        await watched.close();

        expect(seen).toEqual(VIEWS.map((view) => ({ ...view, overflow: 0, violations: [] })));
        expect({ trouble, foreign }).toEqual({ trouble: [], foreign: 0 });
        for (const link of links) expect(link).toMatch(/^https?: noopener noreferrer nofollow$/);
      },
    );

    it.each(['/', `/first-run#${'x'.repeat(43)}`, '/invitation'])(
      'show the sign-in page %s, narrow and wide, dark and light',
      async (path) => {
        const watched = await site.openPage();
        await watched.page.goto(path);
        for (const { width, colorScheme } of VIEWS) {
          await watched.page.setViewportSize({ width, height: 800 });
          await watched.page.emulateMedia({ colorScheme });
          await watched.page.getByRole('heading').first().waitFor();
          expect(await axeViolations(watched)).toEqual([]);
          expect(await watched.ask('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        }
        await watched.close();
        expect(watched.trouble).toEqual([]);
      },
    );

    it.each(['assign', 'snooze', 'not-ours', 'resolve', 'note', 'correct'])(
      'ask in a dialog to %s',
      async (kind) => {
        const key =
          { assign: 'a', snooze: 'h', 'not-ours': '3', resolve: 'e', note: 'n', correct: 'l' }[kind] ?? '';
        const watched = await site.openPage(admin);
        await watched.page.goto(addressOf('/inbox?case=CASE'));
        await watched.page.getByRole('article').first().waitFor();
        await watched.page.keyboard.press(key);
        await watched.page.getByRole('dialog').waitFor();

        expect(await axeViolations(watched)).toEqual([]);
        await watched.page.keyboard.press('Escape');
        await watched.page.getByRole('dialog').waitFor({ state: 'detached' });
        await watched.close();
        expect(watched.trouble).toEqual([]);
      },
    );

    it('need no element of style and no evaluated script, so that the strictest policy would do', async () => {
      const watched = await site.openPage(admin);
      await watched.page.route('**/inbox', async (route) => {
        const response = await route.fetch();
        const policy =
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        await route.fulfill({
          response,
          headers: { ...response.headers(), 'content-security-policy': policy },
        });
      });
      await watched.page.goto('/inbox');
      await watched.page.getByRole('option').first().press('Enter');
      await watched.page.getByRole('article').first().waitFor();
      await watched.page.keyboard.press('e');
      await watched.page.getByRole('dialog').waitFor();
      const styled = await watched.ask('getComputedStyle(document.querySelector("[role=dialog]")).position');
      await watched.close();

      expect(watched.trouble).toEqual([]);
      expect(styled).not.toBe('');
    });
  },
);

function said(text: string, index: number) {
  const words = HOSTILE[index] ?? '';
  return {
    text,
    at: ago(index + 1),
    author: `${words} ${index}`,
    account: words,
    source: `<i>source ${index}</i>`,
    urgency: index % 4,
    thread: `thread ${index}`,
    opinions: [{ aspect: 'pricing', polarity: 'negative' as const }],
  };
}
