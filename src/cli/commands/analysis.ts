import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Terminal } from '../terminal.ts';
import { type Exit, type JsonOption, withApp } from './with-app.ts';

export function addAnalysisCommands(
  program: Command,
  terminal: Terminal,
  exit: Exit,
  json: JsonOption,
): void {
  const kind = new Option('--kind <kind>', 'how the texts were written (default: told from each)').choices([
    'post',
    'mail',
    'review',
  ]);
  program
    .command('classify')
    .argument('[file]', 'JSONL with {id?, text}; - is standard input', '-')
    .addOption(kind)
    .description('read opinions out of texts, no database needed')
    .action(async (path: string, flags: { kind?: string }) => {
      const { classifyCommand } = await import('../classify.ts');
      exit(await classifyCommand(path, flags, terminal));
    });
  program
    .command('evaluate')
    .argument('<file>', 'JSONL with labelled texts')
    .option('--json', 'print JSON, for scripts')
    .description('measure the analysis against labelled texts')
    .action(async (path: string, flags: { json?: boolean }) => {
      const { evaluateCommand } = await import('../evaluate.ts');
      exit(await evaluateCommand(path, flags, terminal));
    });
  program
    .command('train')
    .option('--data <folder>', 'more labelled texts to learn from, as JSONL files')
    .option('--out <folder>', 'where the model goes (default: where it is read from)')
    .option('--seed <number>', 'order of chance in which texts are learned', parseSeed, 1)
    .description('learn the analysis from labelled texts')
    .action(async (flags: { data?: string; out?: string; seed: number }) => {
      const { trainCommand } = await import('../train.ts');
      exit(await trainCommand(flags, terminal));
    });
  program
    .command('corrections')
    .description('labels that people give')
    .command('import')
    .argument('<file>', 'a .csv with platform, id, aspect, polarity (or none) and, if you like, words')
    .addOption(json())
    .description('add labels from a file')
    .action(async (file: string, flags) => {
      const { correctionsImportCommand } = await import('../corrections-import.ts');
      exit(await withApp(terminal, (app) => correctionsImportCommand(app, { file, flags, terminal })));
    });
  program
    .command('learn')
    .option('--status', 'say what was learned last, and learn nothing')
    .option('--drop', 'turn off what was learned')
    .addOption(json())
    .description('learn from corrections, if that reads them better')
    .action(async (flags) => {
      const { learnCommand } = await import('../learn.ts');
      exit(await withApp(terminal, (app) => learnCommand(app, { flags, terminal })));
    });
  program
    .command('reanalyse')
    .option('--days <number>', 'how far back history is read again', parseDays, 90)
    .option('--no-wait', 'return at once and let the workers read')
    .option('--status', 'say how far it has come and what would change')
    .option('--adopt', 'make what was read current')
    .option('--drop', 'forget what was read')
    .addOption(json())
    .description('read history again with the model and aspects of now, and compare before it counts')
    .action(async (flags) => {
      const { reanalyseCommand } = await import('../reanalyse.ts');
      exit(await withApp(terminal, (app) => reanalyseCommand(app, { flags, terminal })));
    });
  addThemeCommands(program, terminal, exit, json);
}

function addThemeCommands(program: Command, terminal: Terminal, exit: Exit, json: JsonOption): void {
  const themes = program
    .command('themes')
    .argument('[theme]', 'a number, to see what was said')
    .option('--days <number>', 'how far back', parseDays, 30)
    .addOption(json())
    .description('what people say the same about')
    .action(async (id: string | undefined, flags) => {
      const { themesCommand } = await import('../themes.ts');
      exit(await withApp(terminal, (app) => themesCommand(id, flags, { app, terminal })));
    });
  themes
    .command('merge')
    .argument('<from>', 'number of a theme that says the same')
    .argument('<into>', 'as this one')
    .description('make one theme of two of one aspect')
    .action(async (from: string, into: string) => {
      const { themesMergeCommand } = await import('../themes.ts');
      exit(await withApp(terminal, (app) => themesMergeCommand(from, into, { app, terminal })));
    });
  themes
    .command('split')
    .argument('<theme>', 'number of a theme')
    .argument('<opinions...>', 'numbers of opinions that do not belong to it')
    .description('make a theme of their own of some opinions')
    .action(async (theme: string, opinions: string[]) => {
      const { themesSplitCommand } = await import('../themes.ts');
      exit(await withApp(terminal, (app) => themesSplitCommand(theme, opinions, { app, terminal })));
    });
}

function parseDays(value: string): number {
  const days = Number(value);
  if (!Number.isSafeInteger(days) || days < 1 || days > 36_500)
    throw new InvalidArgumentError('give whole days, 1 or more');
  return days;
}

function parseSeed(value: string): number {
  const seed = Number(value);
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new InvalidArgumentError('give a whole number, 0 or more');
  return seed;
}
