import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SmtpStub, startSmtpStub } from '../support/stub-smtp.ts';
import { openSite, type Site, type Watched } from './browser-fixture.ts';
import { CHROMIUM } from './chromium.ts';

const isHere = existsSync(CHROMIUM);

describe.runIf(isHere)(`a digest by mail${isHere ? '' : ' (skipped: Chromium is not installed)'}`, () => {
  let smtp: SmtpStub;
  let site: Site;
  let admin: Watched;

  beforeAll(async () => {
    smtp = await startSmtpStub();
    site = await openSite({
      yaml: `
workspace: { name: Fernhill, timezone: UTC }
departments: [{ name: care, aspects: [product, sales, pricing, service] }]
receivers: [{ name: post, email: [{ smtp: '${smtp.url}', from: earshot@fernhill.example, to: [ceo@fernhill.example] }] }]
route: { receiver: post, department: care }
audiences: [{ name: executives, receivers: [post], subscriptions: { by: post, domains: [fernhill.example] } }]
digests: [{ name: executive, audience: executives, at: '07:30' }]
`,
    });
    admin = await site.openPage(await site.signIn('admin'), { timezoneId: 'Europe/Paris' });
  });
  afterAll(async () => {
    await admin.close();
    await site.close();
    await smtp.close();
  });

  it('is asked for on its page, at the time and by the clock of the reader, and ended there', async () => {
    const { page } = admin;
    await page.goto('/digests');
    await page.getByLabel(/^At/).fill('06:45');
    await page.getByRole('button', { name: 'Send it by mail' }).click();
    await page.getByText(/Next: \w{3} \d+ \w{3} 06:45 Europe\/Paris/).waitFor();

    await page.getByLabel(/^To/).fill('chair@board.example');
    await page.getByRole('button', { name: 'Send it by mail' }).click();
    await page.getByText('was asked and has not confirmed yet').waitFor();
    await page.getByRole('button', { name: 'Send it by mail' }).click();
    await page.getByRole('alert').getByText('was asked within the last hour').waitFor();

    await page.getByRole('button', { name: 'End the mails to admin' }).click();
    await expect.poll(() => page.getByText('Next: ').count()).toBeLessThan(2);
    expect(admin.trouble).toEqual([]);
  });

  it('is confirmed and ended on pages without any script', async () => {
    const [row] = await site.fresh.database.query<{ token: string }>(
      `SELECT token FROM subscription WHERE email = 'chair@board.example'`,
    );
    const reader = await site.openPage(undefined, { javaScriptEnabled: false });
    const { page } = reader;
    await page.goto(`/subscriptions/${row?.token}`);
    await page.getByRole('button', { name: 'Yes, send it' }).click();
    await page.getByRole('heading', { name: 'You get this digest by mail' }).waitFor();
    await page.getByRole('button', { name: 'End it' }).click();
    await page.getByRole('heading', { name: 'no further mail' }).waitFor();
    await reader.close();
  });
});
