import { type Command, InvalidArgumentError, Option } from 'commander';
import type { App } from '../app/app.ts';
import { ROLES } from '../domain/access.ts';
import { linesOf, quietEnv, type Terminal } from './terminal.ts';

type Exit = (code: number) => void;
type JsonOption = () => Option;

// What a command runs on is loaded when it runs: help and a wrong command line answer at once.
export function addAnalysisCommands(program: Command, terminal: Terminal, exit: Exit): void {
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
      const { classifyCommand } = await import('./classify.ts');
      exit(await classifyCommand(path, flags, terminal));
    });
  program
    .command('evaluate')
    .argument('<file>', 'JSONL with labelled texts')
    .option('--json', 'print JSON, for scripts')
    .description('measure the analysis against labelled texts')
    .action(async (path: string, flags: { json?: boolean }) => {
      const { evaluateCommand } = await import('./evaluate.ts');
      exit(await evaluateCommand(path, flags, terminal));
    });
  program
    .command('train')
    .option('--data <folder>', 'more labelled texts to learn from, as JSONL files')
    .option('--out <folder>', 'where the model goes (default: where it is read from)')
    .option('--seed <number>', 'order of chance in which texts are learned', parseSeed, 1)
    .description('learn the analysis from labelled texts')
    .action(async (flags: { data?: string; out?: string; seed: number }) => {
      const { trainCommand } = await import('./train.ts');
      exit(await trainCommand(flags, terminal));
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

export function addDataCommands(program: Command, terminal: Terminal, exit: Exit, json: JsonOption): void {
  program
    .command('import')
    .argument('<file>', 'a .csv, .jsonl or .mbox file')
    .option('--source <name>', 'what the source is called (default: the name of the file)')
    .addOption(
      new Option('--format <format>', 'when the name does not tell').choices(['csv', 'jsonl', 'mbox']),
    )
    .option('--map <pairs>', 'which column is which, e.g. text=Comment,date=Day', parsePairs)
    .option('--dry-run', 'say what would be read and write nothing')
    .option('--no-wait', 'return when all is stored, before it is analysed and routed')
    .addOption(json())
    .description('read mentions from a file')
    .action(async (path: string, flags) => {
      const { importCommand } = await import('./import.ts');
      exit(await importCommand(path, flags, terminal));
    });
  const accounts = program.command('accounts').description('client companies');
  accounts
    .command('import')
    .argument('<file>', 'a .csv with name, domains, handles, tier, revenue, owner')
    .option('--dry-run', 'say what would change and write nothing')
    .addOption(json())
    .description('add or change accounts')
    .action(async (path: string, flags) => {
      const { accountsImportCommand } = await import('./accounts-import.ts');
      exit(
        await withApp(terminal, ({ accounts }) =>
          accountsImportCommand(path, flags, { accounts, ...linesOf(terminal) }),
        ),
      );
    });
  program
    .command('corrections')
    .description('labels that people give')
    .command('import')
    .argument('<file>', 'a .csv with platform, id, aspect, polarity (or none) and, if you like, words')
    .addOption(json())
    .description('add labels from a file')
    .action(async (file: string, flags) => {
      const { correctionsImportCommand } = await import('./corrections-import.ts');
      exit(await withApp(terminal, (app) => correctionsImportCommand(app, { file, flags, terminal })));
    });
  program
    .command('learn')
    .option('--status', 'say what was learned last, and learn nothing')
    .option('--drop', 'turn off what was learned')
    .addOption(json())
    .description('learn from corrections, if that reads them better')
    .action(async (flags) => {
      const { learnCommand } = await import('./learn.ts');
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
      const { reanalyseCommand } = await import('./reanalyse.ts');
      exit(await withApp(terminal, (app) => reanalyseCommand(app, { flags, terminal })));
    });
  program
    .command('backup')
    .argument('<file>')
    .description('save the whole workspace to one file')
    .action(async (path: string) => {
      const { backupCommand } = await import('./backup.ts');
      exit(await backupCommand(path, { ...terminal, env: quietEnv(terminal.env) }));
    });
  program
    .command('restore')
    .argument('<file>')
    .description('read a backup into an empty workspace')
    .action(async (path: string) => {
      const { restoreCommand } = await import('./backup.ts');
      exit(await restoreCommand(path, { ...terminal, env: quietEnv(terminal.env) }));
    });
}

export function addReadingCommands(program: Command, terminal: Terminal, exit: Exit, json: JsonOption): void {
  const digest = program.command('digest').description('what executives and departments read');
  const date = (): Option => new Option('--date <date>', 'the local day it covers, YYYY-MM-DD');
  const format = new Option('--format <format>', 'how it is shown')
    .choices(['text', 'html', 'slack', 'json', 'pdf'])
    .default('text');
  for (const [verb, description] of [
    ['preview', 'show a digest and send nothing'],
    ['send', 'compile a digest and send it to its audience now'],
    ['verify', 'rebuild a sent digest and compare'],
  ] as const) {
    const command = digest.command(verb).argument('<name>').addOption(date()).description(description);
    if (verb === 'preview') command.addOption(format);
    if (verb === 'send') command.option('--again', 'send a digest that was sent before, unchanged');
    command.action(async (name: string, flags) => {
      const { digestCommand } = await import('./digest.ts');
      const { writePdf } = await import('./digest-pdf.ts');
      const { digestSendCommand } = await import('./digest-send.ts');
      const lines = linesOf(terminal);
      const pdf = (html: string): Promise<void> => writePdf(html, terminal);
      exit(
        await withApp(terminal, (app) =>
          verb === 'send'
            ? digestSendCommand(app, { name, input: flags, lines })
            : digestCommand(verb, name, flags, { ...app.digests, clock: app.clock, ...lines, pdf }),
        ),
      );
    });
  }
  program
    .command('ask')
    .argument('<question...>', 'e.g. "How do our top 20 clients like Atlas?"')
    .addOption(json())
    .description('ask how clients like something')
    .action(async (words: string[], flags: { json?: boolean }) => {
      const { askCommand } = await import('./ask.ts');
      exit(await withApp(terminal, (app) => askCommand(words.join(' '), flags, { app, terminal })));
    });
}

export function addConfigCommands(program: Command, terminal: Terminal, exit: Exit, json: JsonOption): void {
  const config = program.command('config').description('earshot.yaml');
  config
    .command('check')
    .argument('[file]')
    .description('say every fault of a config with its line')
    .action(async (path: string | undefined) => {
      const { configCheckCommand } = await import('./config-check.ts');
      const { REGISTRIES } = await import('../app/config-in-force.ts');
      const { readEnv } = await import('../config/env.ts');
      exit(
        await configCheckCommand(path ?? readEnv(terminal.env).configFile, {
          env: terminal.env,
          registries: REGISTRIES,
          ...linesOf(terminal),
        }),
      );
    });
  const routes = program.command('routes').description('who gets what');
  routes
    .command('test')
    .option('--labels <pairs>', 'e.g. aspect=sales,polarity=negative')
    .option('--text <text>', 'a text to classify and route')
    .option('--file <file>', 'texts to classify and route, one a line')
    .addOption(json())
    .description('show the path an opinion takes, and why')
    .action(async (flags) => {
      const { routesTestCommand } = await import('./routes-test.ts');
      exit(
        await withApp(terminal, ({ config, classifier }) =>
          routesTestCommand(flags, { config, openClassifier: () => classifier, ...linesOf(terminal) }),
        ),
      );
    });
  const silences = program
    .command('silences')
    .description('what notifies nobody for a while')
    .addOption(json())
    .action(async (flags: { json?: boolean }) => {
      const { silencesCommand } = await import('./silences.ts');
      exit(await withApp(terminal, (app) => silencesCommand(app, { flags, terminal })));
    });
  silences
    .command('add')
    .argument('<matchers>', 'e.g. aspect="pricing", account="Acme"')
    .requiredOption('--for <duration>', 'how long, e.g. 2h')
    .requiredOption('--reason <reason>', 'why, for who wonders later')
    .option('--author <who>', 'who wants it')
    .description('notify nobody of what fulfils all matchers; it is notified after, if still open')
    .action(async (matchers: string, flags: { for: string; reason: string; author?: string }) => {
      const { silencesAddCommand } = await import('./silences.ts');
      exit(await withApp(terminal, (app) => silencesAddCommand(matchers, flags, { app, terminal })));
    });
  silences
    .command('end')
    .argument('<id>')
    .description('end a silence now and notify what it held back')
    .action(async (id: string) => {
      const { silencesEndCommand } = await import('./silences.ts');
      exit(await withApp(terminal, (app) => silencesEndCommand(id, app, terminal)));
    });
  const sources = program
    .command('sources')
    .description('how the places we listen to are')
    .addOption(json())
    .action(async (flags: { json?: boolean }) => {
      const { sourcesCommand } = await import('./sources.ts');
      exit(await withApp(terminal, (app) => sourcesCommand(app, { flags, terminal })));
    });
  sources
    .command('test')
    .argument('<name>')
    .description('look whether a source of the config can be heard; moves nothing, costs nothing')
    .action(async (name: string) => {
      const { sourcesTestCommand } = await import('./sources.ts');
      exit(await withApp(terminal, (app) => sourcesTestCommand(app, { name, terminal })));
    });
  const users = program.command('users').description('people who sign in');
  users
    .command('add')
    .argument('<email>')
    .requiredOption('--name <name>')
    .addOption(new Option('--role <role>', 'what the person may do').choices(ROLES).makeOptionMandatory())
    .option('--department <names...>', 'departments the person belongs to', [])
    .description('add a person')
    .action(async (email: string, flags: { name: string; role: string; department: string[] }) => {
      const { usersAddCommand } = await import('./users.ts');
      const { name, role, department: departments } = flags;
      exit(
        await withApp(terminal, (app) => usersAddCommand({ email, name, role, departments }, app, terminal)),
      );
    });
  users
    .command('invite')
    .argument('<email>')
    .description('make a new link to choose a password, for who lost it')
    .action(async (email: string) => {
      const { usersInviteCommand } = await import('./users.ts');
      exit(await withApp(terminal, (app) => usersInviteCommand(email, app, terminal)));
    });
  const keys = program.command('keys').description('API keys');
  keys
    .command('add')
    .argument('<name>')
    .option('--scope <scopes...>', 'intake, read', ['intake'])
    .description('make an API key and show it once')
    .action(async (name: string, { scope }: { scope: string[] }) => {
      const { keysAddCommand } = await import('./keys-add.ts');
      exit(
        await withApp(terminal, ({ database }) =>
          keysAddCommand(
            name,
            scope.flatMap((part) => part.split(',')),
            database,
            terminal,
          ),
        ),
      );
    });
  program
    .command('doctor')
    .addOption(json())
    .description('look whether everything is well and say what to do')
    .action(async ({ json: isJson }: { json?: boolean }) => {
      const { doctorCommand } = await import('./doctor.ts');
      exit(await doctorCommand({ json: isJson ?? false }, { ...terminal, env: quietEnv(terminal.env) }));
    });
}

/** Opens the workspace for one command and closes it after. */
async function withApp(terminal: Terminal, work: (app: App) => Promise<number>): Promise<number> {
  const { openApp } = await import('../app/app.ts');
  const app = await openApp({ processEnv: quietEnv(terminal.env) });
  return work(app).finally(() => app.close());
}

function parsePairs(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => pair.split('='));
  const wrong = pairs.find((pair) => pair.length !== 2 || pair.some((part) => part.trim() === ''));
  if (wrong)
    throw new InvalidArgumentError(
      `"${wrong.join('=')}" is no field=column pair; write it as --map text=Comment,date=Day`,
    );
  return Object.fromEntries(pairs.map(([field = '', column = '']) => [field.trim(), column.trim()]));
}
