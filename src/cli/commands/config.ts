import { type Command, InvalidArgumentError, Option } from 'commander';
import { ROLES } from '../../domain/access.ts';
import { linesOf, quietEnv, type Terminal } from '../terminal.ts';
import { type Exit, type JsonOption, withApp } from './with-app.ts';

export function addConfigCommands(program: Command, terminal: Terminal, exit: Exit, json: JsonOption): void {
  const config = program.command('config').description('earshot.yaml');
  config
    .command('check')
    .argument('[file]')
    .description('say every fault of a config with its line')
    .action(async (path: string | undefined) => {
      const { configCheckCommand } = await import('../config-check.ts');
      const { REGISTRIES } = await import('../../app/config-in-force.ts');
      const { readEnv } = await import('../../config/env.ts');
      exit(
        await configCheckCommand(path ?? readEnv(terminal.env).configFile, {
          env: terminal.env,
          registries: REGISTRIES,
          ...linesOf(terminal),
        }),
      );
    });
  config
    .command('try')
    .argument('[file]')
    .option('--days <days>', 'how far back', wholeDays, 30)
    .addOption(json())
    .description('show what a config would have done to the last days; puts nothing in force')
    .action(async (file: string | undefined, flags: { days: number; json?: boolean }) => {
      const { configTryCommand } = await import('../config-try.ts');
      exit(await configTryCommand(file, flags, { ...terminal, env: quietEnv(terminal.env) }));
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
      const { routesTestCommand } = await import('../routes-test.ts');
      exit(
        await withApp(terminal, ({ config, classifier }) =>
          routesTestCommand(flags, { config, openClassifier: () => classifier, ...linesOf(terminal) }),
        ),
      );
    });
  routes
    .command('misroutes')
    .option('--days <days>', 'how far back', wholeDays, 7)
    .addOption(json())
    .description('which department passed cases on to which, and routes that would have spared it')
    .action(async (flags: { days: number; json?: boolean }) => {
      const { misroutesCommand } = await import('../misroutes.ts');
      exit(await withApp(terminal, (app) => misroutesCommand(app, flags, terminal)));
    });
  const silences = program
    .command('silences')
    .description('what notifies nobody for a while')
    .addOption(json())
    .action(async (flags: { json?: boolean }) => {
      const { silencesCommand } = await import('../silences.ts');
      exit(await withApp(terminal, (app) => silencesCommand(app, { flags, terminal })));
    });
  silences
    .command('add')
    .argument('<words>', 'e.g. "aspect:pricing account:Acme", as a search spells it')
    .requiredOption('--for <duration>', 'how long, e.g. 2h')
    .requiredOption('--reason <reason>', 'why, for who wonders later')
    .option('--author <who>', 'who wants it')
    .description('notify nobody of what fulfils all of the words; it is notified after, if still open')
    .action(async (words: string, flags: { for: string; reason: string; author?: string }) => {
      const { silencesAddCommand } = await import('../silences.ts');
      exit(await withApp(terminal, (app) => silencesAddCommand(words, flags, { app, terminal })));
    });
  silences
    .command('end')
    .argument('<id>')
    .option('--author <who>', 'who ends it')
    .description('end a silence now and notify what it held back')
    .action(async (id: string, flags: { author?: string }) => {
      const { silencesEndCommand } = await import('../silences.ts');
      exit(await withApp(terminal, (app) => silencesEndCommand(id, flags, { app, terminal })));
    });
  const sources = program
    .command('sources')
    .description('how the places we listen to are')
    .addOption(json())
    .action(async (flags: { json?: boolean }) => {
      const { sourcesCommand } = await import('../sources.ts');
      exit(await withApp(terminal, (app) => sourcesCommand(app, { flags, terminal })));
    });
  sources
    .command('test')
    .argument('<name>')
    .description('look whether a source of the config can be heard; moves nothing, costs nothing')
    .action(async (name: string) => {
      const { sourcesTestCommand } = await import('../sources.ts');
      exit(await withApp(terminal, (app) => sourcesTestCommand(app, { name, terminal })));
    });
  const deliveries = program
    .command('deliveries')
    .description('the destinations that nothing is sent to because they refuse us')
    .action(async () => {
      const { deliveriesCommand } = await import('../deliveries.ts');
      exit(await withApp(terminal, (app) => deliveriesCommand(app, terminal)));
    });
  deliveries
    .command('enable')
    .argument('<destination>', 'as `earshot deliveries` shows it, e.g. sales-channel/slack/0')
    .description('send to a destination again, beginning with what waits for it')
    .action(async (name: string) => {
      const { deliveriesEnableCommand } = await import('../deliveries.ts');
      exit(await withApp(terminal, (app) => deliveriesEnableCommand(app, { name, terminal })));
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
      const { usersAddCommand } = await import('../users.ts');
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
      const { usersInviteCommand } = await import('../users.ts');
      exit(await withApp(terminal, (app) => usersInviteCommand(email, app, terminal)));
    });
  const keys = program.command('keys').description('API keys');
  keys
    .command('add')
    .argument('<name>')
    .option('--scope <scopes...>', 'intake, read', ['intake'])
    .description('make an API key and show it once')
    .action(async (name: string, { scope }: { scope: string[] }) => {
      const { keysAddCommand } = await import('../keys-add.ts');
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
      const { doctorCommand } = await import('../doctor.ts');
      exit(await doctorCommand({ json: isJson ?? false }, { ...terminal, env: quietEnv(terminal.env) }));
    });
}

/** Opens the workspace for one command and closes it after. */

function wholeDays(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError('It is a number of days, e.g. 30.');
  return Number(text);
}
