import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { type Http, openHttp, type Visitor } from '../integration/http/http-fixture.ts';
import { CHROMIUM, FLAGS } from './chromium.ts';

/** A page and what went wrong on it: dialogs, errors, refusals of the content security policy, requests to elsewhere. */
export interface Watched {
  readonly page: Page;
  readonly trouble: readonly string[];
  /** The value of an expression in the page, whatever its content security policy. */
  ask<Value>(expression: string): Promise<Value>;
  close(): Promise<void>;
}

export interface Site extends Http {
  readonly browser: Browser;
  /** An empty page of somebody's browser; without a visitor nobody is signed in. */
  openPage(visitor?: Visitor, options?: BrowserContextOptions): Promise<Watched>;
}

const require = createRequire(import.meta.url);

/** The application with its pages as they are built for real, and a browser beside it. */
export async function openSite(options: Parameters<typeof openHttp>[0] = {}): Promise<Site> {
  const webFolder = await mkdtemp(join(tmpdir(), 'earshot-web-'));
  await buildPages(webFolder);
  const http = await openHttp({ ...options, deps: { webFolder } });
  http.admit();
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  return {
    ...http,
    browser,
    openPage: (visitor, options) => openPage(browser, http.url, visitor, options),
    close: async () => {
      await browser.close();
      await http.close();
      await rm(webFolder, { recursive: true });
    },
  };
}

/** In a process of its own: under a test runner the libraries would be built as for developers. */
async function buildPages(folder: string): Promise<void> {
  const vite = join(dirname(require.resolve('vite/package.json')), 'bin/vite.js');
  await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', folder, '--logLevel', 'error'], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
}

async function openPage(
  browser: Browser,
  url: string,
  visitor?: Visitor,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({ baseURL: url, ...options });
  if (visitor) await context.addCookies([{ name: 'earshot', value: visitor.token, url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const trouble: string[] = [];
  page.on('dialog', (dialog) => {
    trouble.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', ({ message }) => trouble.push(message));
  page.on('console', (line) => {
    if (/Content Security Policy|React|Warning/.test(line.text())) trouble.push(line.text());
  });
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== url && protocol !== 'data:') trouble.push(`request to ${request.url()}`);
  });
  const inspector = await context.newCDPSession(page);
  return {
    page,
    trouble,
    ask: async <Value>(expression: string) => {
      const { result, exceptionDetails } = await inspector.send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value as Value;
    },
    close: () => context.close(),
  };
}

/** What axe finds wrong with the page as it is shown: each rule with the elements that break it. */
export async function axeViolations({ ask }: Watched): Promise<readonly string[]> {
  await ask(
    await readFile(require.resolve('axe-core/axe.min.js'), 'utf8').then((source) => `${source}; null`),
  );
  return ask<string[]>(
    `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => id + ': ' + html.slice(0, 200) + ' ' + (any[0]?.message ?? ''))))`,
  );
}

/** Whether the page is drawn: no skeleton is left. */
export async function drawn(page: Page): Promise<void> {
  await page.locator('main').waitFor();
  await page.locator('[aria-label=Loading]').first().waitFor({ state: 'hidden' });
}
