import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../lib/app-error.ts';
import type { LabelledText } from './labelled-text.ts';
import { isHeldOut, labelledLine, toLabelledText } from './sets.ts';

/** A file of labelled texts. */
export interface LabelledSet {
  readonly name: string;
  readonly texts: readonly LabelledText[];
}

/**
 * Reads every `.jsonl` of a folder, in the order of their names; sets kept aside to measure (`…_dev`, `…_test`) and
 * texts without any label we know are left out. Throws AppError `not-found` for a folder without sets, `invalid-input` with file and line for what cannot be read.
 */
export async function readSets(folder: string): Promise<LabelledSet[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new AppError('not-found', `${folder}: cannot be opened; give a folder of JSONL files`, { cause });
  });
  const files = names
    .filter((name) => name.endsWith('.jsonl') && !isHeldOut(basename(name, '.jsonl')))
    .toSorted();
  if (files.length === 0) throw new AppError('not-found', `${folder}: holds no .jsonl file to learn from`);
  const sets: LabelledSet[] = [];
  for (const file of files) {
    const name = basename(file, '.jsonl');
    const lines = (await readFile(join(folder, file), 'utf8')).split('\n');
    const all = lines.flatMap((line, at) =>
      line.trim() === '' ? [] : [parseLine(line, name, `${file}, line ${at + 1}`)],
    );
    const texts = all.filter(teaches);
    if (texts.length > 0) sets.push({ name, texts });
  }
  return sets;
}

function teaches({ aspects, polarity, intents, urgency, spam }: LabelledText): boolean {
  return [aspects, polarity, intents, urgency, spam].some((label) => label !== undefined);
}

// No message of the parser is passed on: it quotes the line, and the line may be a customer's.
function parseLine(line: string, name: string, place: string): LabelledText {
  try {
    return toLabelledText(name, labelledLine.parse(JSON.parse(line)));
  } catch {
    throw new AppError(
      'invalid-input',
      `${place}: is no labelled text; each line is {"text": "…", "aspects": […], …}`,
    );
  }
}
