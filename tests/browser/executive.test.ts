import { existsSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ago, seedCases } from '../integration/http/case-fixture.ts';
import { drawn, openSite, type Site, type Watched } from './browser-fixture.ts';
import { CHROMIUM } from './chromium.ts';

const isHere = existsSync(CHROMIUM);

describe.runIf(isHere)(
  `an executive’s morning${isHere ? '' : ' (skipped: Chromium is not installed)'}`,
  () => {
    let site: Site;
    let executive: Watched;
    let page: Page;

    beforeAll(async () => {
      site = await openSite();
      await seedCases(site, {
        accounts: [{ name: 'Acme Lifts', tier: '1', revenue: 900_000, owner: 'Dana Whitcombe' }],
        mentions: Array.from({ length: 9 }, (_, index) => ({
          text: `The price went up again, says visitor ${index}`,
          at: ago(1),
          author: `visitor ${index}`,
          ...(index < 3 && { account: 'Acme Lifts' }),
          opinions: [{ aspect: 'pricing', polarity: 'negative' as const, clause: 'The price went up again' }],
        })),
      });
      executive = await site.openPage(await site.signIn('executive'));
      page = executive.page;
    });
    afterAll(async () => {
      await executive.close();
      await site.close();
    });

    const today = (): string => new Date().toISOString().slice(0, 10);

    it('begins at the newest digest, its verdict before everything else', async () => {
      await page.goto('/');
      await page.waitForURL(`**/digests/executive/${today()}`);
      await page.getByRole('region', { name: 'Verdict' }).waitFor();

      const parts = await page.locator('main section').allTextContents();
      expect(parts[0]).toContain('9 messages from 9 people');
      expect(await page.getByRole('region', { name: 'Pricing' }).textContent()).toContain('9');
    });

    it('opens the messages behind a number, as many as it says, then one of them', async () => {
      await page
        .getByRole('region', { name: 'Pricing' })
        .getByRole('link', { name: /negative/ })
        .click();
      await page.getByRole('heading', { name: '9 messages: pricing, negative' }).waitFor();
      expect(await page.locator('mark').count()).toBe(9);
      expect(await page.locator('mark').first().textContent()).toBe('The price went up again');

      await page.getByRole('link', { name: 'why, and where it went' }).first().click();
      await page.getByText('What is known of it').waitFor();
      expect(page.url()).toMatch(/\/mentions\/\d+$/);
    });

    // One sentence counts accounts, behind which there is no one list of messages.
    it('gives every number of the digest as a link to its evidence', async () => {
      await page.goto(`/digests/executive/${today()}`);
      await drawn(page);
      const bare = await executive.ask<string[]>(
        `[...document.querySelectorAll('main section[aria-label] :is(strong, li, p)')].filter((part) => /^\\d/.test(part.textContent) && !part.closest('a') && !part.querySelector('a') && !part.textContent.includes('top account said')).map((part) => part.textContent)`,
      );
      const hrefs = await executive.ask<string[]>(
        `[...document.querySelectorAll('main a[href*="/evidence"]')].map((link) => link.getAttribute('href'))`,
      );

      expect(bare).toEqual([]);
      expect(hrefs.length).toBeGreaterThan(10);
      expect(hrefs.filter((href) => !href.startsWith(`/digests/executive/${today()}/evidence`))).toEqual([]);
    });

    it('reads another day by the buttons, and comes back', async () => {
      await page.getByRole('button', { name: 'The day before' }).click();
      await page.waitForURL((url) => !url.pathname.endsWith(today()));
      await page.getByRole('button', { name: 'Today' }).click();
      await page.waitForURL(`**/${today()}`);
      expect(await page.getByRole('button', { name: 'The day after' }).isDisabled()).toBe(true);
    });

    it('prints the digest without the bar and the buttons', async () => {
      await drawn(page);
      await page.emulateMedia({ media: 'print' });
      expect(await page.getByRole('banner').isVisible()).toBe(false);
      expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false);
      expect(await page.getByRole('region', { name: 'Verdict' }).isVisible()).toBe(true);
      await page.emulateMedia({ media: null });
    });

    it('says what is wrong at an address that leads nowhere', async () => {
      await page.goto('/digests/nothing');
      await page.getByText('There is no digest called nothing').waitFor();
      await page.goto('/mentions/999999');
      await page.getByText('This did not work').waitFor();
      await page.goto(`/digests/executive/${today()}/evidence?outcome=everything`);
      await page.getByRole('heading', { name: '9 messages' }).waitFor();

      expect(executive.trouble).toEqual([]);
    });
  },
);
