import { readFile } from 'node:fs/promises';
import type { App } from '../app/app.ts';
import { count } from '../digest/words.ts';
import { AppError } from '../lib/app-error.ts';
import { printable } from '../lib/printable.ts';
import { readCorrections } from '../pipeline/corrections-file.ts';
import type { Terminal } from './terminal.ts';

const SHOWN_FAULTS = 20;

/** `earshot corrections import FILE`: labels that people gave elsewhere. All of the file or nothing; run twice it adds nothing. */
export async function correctionsImportCommand(
  app: App,
  {
    file,
    flags,
    terminal,
  }: { file: string; flags: { readonly json?: boolean | undefined }; terminal: Terminal },
): Promise<number> {
  const csv = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new AppError('invalid-input', `${file}: cannot be read; check the path`, { cause: error });
  });
  const aspects = app.config.aspects.map(({ aspect }) => aspect);
  const { lines, faults } = readCorrections(csv, aspects);
  if (faults.length > 0) throw faulty(file, faults);
  const added = await app.corrections.add(
    lines.map(({ given }) => given),
    'command line',
  );
  if (added.faults.length > 0)
    throw faulty(
      file,
      added.faults.map(({ index, message }) => ({ line: lines[index]?.line ?? 0, message })),
    );
  const { written, same } = added;
  const said = `${count(lines.length, 'label')}: ${count(written, 'correction')} written, ${same} given before. earshot learn learns from them.`;
  terminal.stdout.write(
    flags.json ? `${JSON.stringify({ labels: lines.length, written, same })}\n` : `${said}\n`,
  );
  return 0;
}

function faulty(file: string, faults: readonly { line: number; message: string }[]): AppError {
  const shown = faults
    .slice(0, SHOWN_FAULTS)
    .map(({ line, message }) => `${file}:${line}: ${printable(message)}`);
  const more = faults.length > SHOWN_FAULTS ? [`and ${faults.length - SHOWN_FAULTS} more`] : [];
  return new AppError(
    'invalid-input',
    [...shown, ...more, `${file}: nothing was written; mend it and import it again`].join('\n'),
  );
}
