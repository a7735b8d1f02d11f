import { execFile } from 'node:child_process';
import { access, constants, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { ProcessEnv } from '../config/env.ts';
import { AppError } from '../lib/app-error.ts';
import type { Terminal } from './terminal.ts';

/** What a Chromium is called, by system and distribution. */
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'chrome.exe',
  'msedge.exe',
];
const FIXED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const LIMIT_MS = 60_000;
const NOTHING_ELSE = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`;

/** Writes the PDF to standard output. Throws AppError `invalid-input` when that is a terminal, else as {@link printPdf}. */
export async function writePdf(html: string, { stdout, env }: Terminal): Promise<void> {
  if (stdout.isTTY)
    throw new AppError('invalid-input', 'A PDF is no text for a terminal; add `> digest.pdf`.');
  stdout.write(await printPdf(html, env));
}

/**
 * Prints a digest's HTML to a PDF with a Chromium of this machine, which runs no script of it and asks nobody for anything. Throws
 * AppError `unavailable` with what to do when there is none, or it fails.
 */
async function printPdf(html: string, env: ProcessEnv): Promise<Buffer> {
  const chromium = await findChromium(env);
  const folder = await mkdtemp(join(tmpdir(), 'earshot-pdf-'));
  const [page, pdf] = [join(folder, 'digest.html'), join(folder, 'digest.pdf')];
  try {
    await writeFile(page, html.replace('<head>', `<head>${NOTHING_ELSE}`));
    await promisify(execFile)(
      chromium,
      [
        '--headless',
        '--disable-gpu',
        '--no-pdf-header-footer',
        `--user-data-dir=${join(folder, 'profile')}`,
        // Chromium's sandbox does not work for root; the page has neither script nor anything remote.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        `--print-to-pdf=${pdf}`,
        `file://${page}`,
      ],
      { timeout: LIMIT_MS },
    );
    return await readFile(pdf);
  } catch (cause) {
    throw new AppError(
      'unavailable',
      `${chromium} made no PDF; open the digest's page and print it instead`,
      { cause },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function findChromium({ EARSHOT_CHROMIUM, PATH = '' }: ProcessEnv): Promise<string> {
  const onPath = PATH.split(delimiter).flatMap((folder) =>
    folder === '' ? [] : NAMES.map((name) => join(folder, name)),
  );
  for (const file of EARSHOT_CHROMIUM ? [EARSHOT_CHROMIUM] : [...onPath, ...FIXED]) {
    if (await canRun(file)) return file;
  }
  throw new AppError(
    'unavailable',
    EARSHOT_CHROMIUM
      ? `EARSHOT_CHROMIUM names ${EARSHOT_CHROMIUM}, which cannot be run`
      : 'No Chromium or Chrome was found to make a PDF with; install one, name it in EARSHOT_CHROMIUM, or open the digest’s page and print it',
  );
}

async function canRun(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
