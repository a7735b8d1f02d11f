import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { CHROMIUM, FLAGS } from './chromium.ts';

/** `npm run screenshots -- [URL] [FOLDER] [PAGE…]`: pages of a running demo, in both themes, wide and narrow. */
const [url = 'http://127.0.0.1:4000', folder = 'dist/screenshots', ...only] = process.argv.slice(2);

const SIZES = [
  { size: 'wide', width: 1280, height: 820 },
  { size: 'narrow', width: 375, height: 780 },
] as const;
const SCHEMES = ['light', 'dark'] as const;

interface Shot {
  readonly name: string;
  readonly path: string;
  /** Who looks; null: nobody is signed in. */
  readonly role: 'Administrator' | 'Executive' | 'Lead' | null;
  /** What is clicked before. */
  readonly open?: string;
}

const SHOTS: readonly Shot[] = [
  { name: 'sign-in', path: '/', role: null },
  { name: 'inbox', path: '/inbox', role: 'Administrator' },
  { name: 'search', path: '/inbox?q=polarity:neg+people%3E1', role: 'Administrator' },
  { name: 'case', path: '/inbox', role: 'Administrator', open: '[role=option]' },
  { name: 'digest', path: '/digests', role: 'Executive' },
  { name: 'evidence', path: '/digests', role: 'Executive', open: 'a[href*="/evidence?aspect"]' },
  { name: 'mention', path: '/mentions/1', role: 'Executive' },
  { name: 'quarantine', path: '/quarantine', role: 'Lead' },
  { name: 'unsure', path: '/unsure', role: 'Lead' },
  { name: 'sources', path: '/sources', role: 'Administrator' },
  { name: 'deliveries', path: '/deliveries', role: 'Administrator' },
  { name: 'people', path: '/people', role: 'Administrator' },
  { name: 'keys', path: '/keys', role: 'Administrator' },
  { name: 'themes', path: '/themes', role: 'Administrator' },
  { name: 'theme', path: '/themes', role: 'Administrator', open: 'a[href^="/themes/"]' },
  { name: 'silences', path: '/silences', role: 'Administrator' },
  { name: 'analysis', path: '/analysis', role: 'Administrator' },
  { name: 'config', path: '/config', role: 'Administrator', open: 'button[type=submit]' },
];

type State = Awaited<ReturnType<BrowserContext['storageState']>>;

await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
const states = new Map<string, State>();
for (const role of ['Administrator', 'Executive', 'Lead']) states.set(role, await signIn(browser, role));
for (const { size, width, height } of SIZES) {
  for (const colorScheme of SCHEMES) {
    for (const shot of SHOTS.filter(({ name }) => only.length === 0 || only.includes(name))) {
      const storageState = states.get(shot.role ?? '');
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme,
        ...(storageState && { storageState }),
      });
      await take(context, shot, `${shot.name}-${size}-${colorScheme}.png`);
      await context.close();
    }
  }
}
await browser.close();

async function signIn(browser: Browser, role: string): Promise<State> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: new RegExp(`^${role}`) }).click();
  await page.getByRole('button', { name: /^Menu of/ }).waitFor();
  const state = await context.storageState();
  await context.close();
  return state;
}

async function take(context: BrowserContext, { name, path, open }: Shot, file: string): Promise<void> {
  const page = await context.newPage();
  const isDrawn = async (): Promise<void> => {
    await page.locator('main').waitFor();
    for (const loading of await page.getByLabel('Loading').all()) await loading.waitFor({ state: 'hidden' });
  };
  await page.goto(url + path);
  await isDrawn();
  if (open) {
    await page.locator(open).first().click();
    await isDrawn();
  }
  const fullPage = name !== 'inbox' && name !== 'case';
  await page.screenshot({ path: join(folder, file), fullPage });
}
