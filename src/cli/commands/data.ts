import { type Command, InvalidArgumentError, Option } from 'commander';
import { linesOf, quietEnv, type Terminal } from '../terminal.ts';
import { type Exit, type JsonOption, withApp } from './with-app.ts';

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
      const { importCommand } = await import('../import.ts');
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
      const { accountsImportCommand } = await import('../accounts-import.ts');
      exit(
        await withApp(terminal, ({ accounts }) =>
          accountsImportCommand(path, flags, { accounts, ...linesOf(terminal) }),
        ),
      );
    });
  program
    .command('backup')
    .argument('<file>')
    .description('save the whole workspace to one file')
    .action(async (path: string) => {
      const { backupCommand } = await import('../backup.ts');
      exit(await backupCommand(path, { ...terminal, env: quietEnv(terminal.env) }));
    });
  program
    .command('restore')
    .argument('<file>')
    .description('read a backup into an empty workspace')
    .action(async (path: string) => {
      const { restoreCommand } = await import('../backup.ts');
      exit(await restoreCommand(path, { ...terminal, env: quietEnv(terminal.env) }));
    });
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
