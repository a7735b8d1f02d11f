import { existsSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ago, done, list, seedCases } from '../integration/http/case-fixture.ts';
import { readAnswer, type Visitor } from '../integration/http/http-fixture.ts';
import { openSite, type Site, type Watched } from './browser-fixture.ts';
import { CHROMIUM } from './chromium.ts';

const isHere = existsSync(CHROMIUM);
const PASSWORD = 'a sentence of one’s own';

/** What tells the messages apart. */
const NAMES = 'amber birch cobalt dune ember flint grove heath iris jade kelp larch'.split(' ');

const complaint = (name: string, minutes: number) => ({
  text: `A complaint about ${name}, and the sales team never calls back`,
  at: ago(minutes),
  author: `author of ${name}`,
  opinions: [{ aspect: 'sales', polarity: 'negative' as const }],
});
const byName = (one = '', other = ''): number => one.localeCompare(other);
const nameIn = (text: string): string => /about (\w+)/.exec(text)?.[1] ?? '';

describe.runIf(isHere)(`a lead’s morning${isHere ? '' : ' (skipped: Chromium is not installed)'}`, () => {
  let site: Site;
  let admin: Visitor;
  let lead: Watched;
  let page: Page;

  beforeAll(async () => {
    site = await openSite();
    admin = await site.signIn('admin');
    await seedCases(site, { mentions: NAMES.map((name) => complaint(name, 60)) });
    lead = await site.openPage();
    page = lead.page;
  });
  afterAll(async () => {
    await lead.close();
    await site.close();
  });

  const rows = () => page.getByRole('option');
  const toast = () => page.getByRole('status').filter({ has: page.getByRole('button', { name: 'Close' }) });
  const focused = () => lead.ask<string>('document.activeElement?.textContent ?? ""');
  const names = async () => (await rows().allTextContents()).map(nameIn);
  const row = (name: string | undefined) => rows().filter({ hasText: `about ${name}` });
  const inTab = async (tab: string) =>
    (await list(admin, `tab=${tab}`)).map(({ quote }) => nameIn(quote?.text ?? '')).toSorted(byName);

  /** Presses keys one after the other, as a person does, and waits for what they bring. */
  async function press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await page.keyboard.press(key);
  }

  async function told(words: string): Promise<void> {
    await toast().getByText(words).waitFor();
  }

  it('begins with a link to choose a password, then an empty address bar leads to the inbox', async () => {
    const { link } = readAnswer(
      'addPerson',
      await admin.ask('/api/v1/people', {
        method: 'POST',
        json: { email: 'lea@fernhill.example', name: 'Lea Lind', role: 'lead', departments: ['sales'] },
      }),
      201,
    );
    await page.goto(`/invitation#${link.split('#')[1]}`);
    await page.getByLabel(/^Password/).fill(PASSWORD);
    await page.keyboard.press('Enter');

    await rows().first().waitFor();
    expect(await rows().count()).toBe(12);
    expect(new URL(page.url()).pathname).toBe('/inbox');
  });

  it('signs out and in again, back to the page that was asked for', async () => {
    await page.getByRole('button', { name: 'Menu of Lea Lind' }).click();
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await page.getByRole('heading', { name: 'Sign in to Earshot' }).waitFor();
    await page.goto('/inbox?department=sales');
    await page.getByLabel('E-mail').fill('lea@fernhill.example');
    await page.getByLabel(/^Password/).fill('wrong, and long enough');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText(/wrong/i).waitFor();
    await page.getByLabel(/^Password/).fill(PASSWORD);
    await page.keyboard.press('Enter');

    await rows().first().waitFor();
    expect(page.url()).toContain('department=sales');
  });

  it('works through ten cases without a mouse, and each goes where it was sent', async () => {
    const order = await names();
    await press('j');
    await expect.poll(focused).toContain(order[0]);

    for (const next of order.slice(1, 5)) {
      await press('1');
      await expect.poll(focused).toContain(next);
    }
    await told('Accepted 1 case.');

    await press('e');
    await page.getByRole('radio', { name: 'Explained' }).press(' ');
    await press('Enter');
    await told('Resolved 1 case.');
    await expect.poll(focused).toContain(order[5]);

    await press('h');
    await page.getByRole('button', { name: /^Until tomorrow/ }).press('Enter');
    await told('Snoozed 1 case.');
    await expect.poll(focused).toContain(order[6]);

    await press('a');
    await page.getByRole('button', { name: 'Lea Lind (me)' }).press('Enter');
    await told('Assigned 1 case.');
    await expect.poll(focused).toContain(order[7]);

    await press('3');
    await page.getByLabel('Whose is it?').selectOption('product');
    await page.getByLabel('Why?').fill('It is the app that never calls back');
    await press('Enter');
    await told('Passed 1 case on to product.');
    await expect.poll(focused).toContain(order[8]);

    await press('x', 'j', 'x', '1');
    await told('Accepted 2 cases.');
    await expect.poll(focused).toContain(order[10]);

    expect(await inTab('waiting')).toEqual(
      [...order.slice(0, 4), order[6], order[8], order[9]].toSorted(byName),
    );
    expect(await inTab('resolved')).toEqual([order[4]]);
    expect(await inTab('snoozed')).toEqual([order[5]]);
    expect(await inTab('declined')).toEqual([order[7]]);
    expect(await inTab('open')).toEqual([order[7], order[10], order[11]].toSorted(byName));
  });

  it('corrects a label, and takes it back', async () => {
    const [first] = await names();
    await press('o');
    await page.getByRole('article').getByText(`about ${first}`).waitFor();
    await press('l');
    await page.getByLabel('And says').selectOption('neutral');
    await page.getByRole('button', { name: 'Correct', exact: true }).press('Enter');
    await told('Corrected the label.');
    await page.getByText(/the model had said sales, negative/).waitFor();

    await press('z');
    await told('Taken back.');
    await page.getByText(/the model had said/).waitFor({ state: 'detached' });
  });

  it('takes a whole selection back at once', async () => {
    const both = await names();
    await press('Escape', 'x', 'j', 'x', '1');
    await told('Accepted 2 cases.');
    await page.getByText('All is triaged').waitFor();

    await press('z');
    await told('Taken back.');
    await expect.poll(names).toEqual(both);
  });

  it('tells when somebody else was faster, and puts the case back', async () => {
    const [name] = await names();
    // As it was when this browser heard of it last.
    await page.route('**/api/v1/events', (route) => route.abort());
    await page.reload();
    await row(name).waitFor();
    const theirs = (await list(admin)).find(({ quote }) => quote?.text?.includes(`about ${name}`));
    if (!theirs) throw new Error('the case is gone');
    await done(admin, theirs, { kind: 'note', text: 'I am at it' });

    await row(name).focus();
    await press('1');
    await told('1 case not:');
    await row(name).waitFor();
    expect(await inTab('open')).toContain(name);
    await page.unroute('**/api/v1/events');
  });

  it('says what came in meanwhile, and moves no row until asked', async () => {
    await page.reload();
    await rows().first().waitFor();
    const before = await names();
    await seedCases(site, { mentions: ['maple', 'nettle', 'olive'].map((name) => complaint(name, 0)) });

    await page.getByRole('button', { name: '3 new' }).waitFor();
    expect(await names()).toEqual(before);
    await page.getByRole('button', { name: '3 new' }).click();
    await row('olive').waitFor();
    expect((await names()).slice(3)).toEqual(before);
  });

  it('never takes what is typed for a key', async () => {
    await press('/');
    await page.keyboard.type('nettle aehl13');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('searchbox').fill('nettle');
    await press('Enter');

    await expect.poll(names).toEqual(['nettle']);
    expect(page.url()).toContain('q=nettle');
  });

  it('goes elsewhere by two keys, and shows all keys by one', async () => {
    await press('Escape', '?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await press('g', 'd');
    await page.waitForURL(/\/digests\//);

    expect(lead.trouble).toEqual([]);
  });
});
