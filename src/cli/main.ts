import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { QUEUES, type QueueName } from '../domain/ports/wake-up.ts';
import { toAppError } from '../lib/app-error.ts';
import { addAnalysisCommands } from './commands/analysis.ts';
import { addConfigCommands } from './commands/config.ts';
import { addDataCommands } from './commands/data.ts';
import { addReadingCommands } from './commands/reading.ts';
import { linesOf, type Terminal } from './terminal.ts';

/** Exit codes of DESIGN: 0 ok, 1 failed, 2 the command line itself is wrong. */
const FAILED = 1;
const USAGE = 2;

/** Runs one command line to its end and sets the exit code. */
export async function run(argv: readonly string[]): Promise<void> {
  const { stdin, stdout, stderr, env } = process;
  stdout.on('error', leaveToReader);
  process.exitCode = await runCommand(argv.slice(2), { stdin, stdout, stderr, env });
}

/** A reader that has gone, as `head` does, is no fault of ours: the command goes on to its end and nobody reads. */
function leaveToReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** Errors are clear lines on stderr; only our own bugs show where they happened. */
async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const program = createProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (thrown) {
    const { err } = linesOf(terminal);
    // What commander finds itself it has said already; this kind comes from a command that looked at its arguments.
    if (thrown instanceof InvalidArgumentError) err(thrown.message);
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : USAGE;
    const error = toAppError(thrown);
    err(error.message);
    if (error.kind === 'bug') terminal.stderr.write(`${describeCause(thrown)}\n`);
    return FAILED;
  }
}

function describeCause(thrown: unknown): string {
  const causes: string[] = [];
  for (let error = thrown; error instanceof Error; error = error.cause)
    causes.push(error.stack ?? error.message);
  return causes.join('\ncaused by ');
}

/** Each command loads its own code, so that `classify` need not load a database. */
function createProgram(terminal: Terminal, exit: (code: number) => void): Command {
  const program = new Command('earshot')
    .description(
      'Hears what customers say, routes it to the department that owns it, and reports it to executives every morning',
    )
    .version('0.1.0')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'earshot: ')),
    })
    .showHelpAfterError('(earshot --help lists the commands)');
  const json = (): Option => new Option('--json', 'print JSON, for scripts');

  program
    .command('start')
    .description('run everything in this process: API, workers, digests')
    .action(async () => {
      const { serve } = await import('./serve.ts');
      exit(await serve(terminal, { hasApi: true, queues: QUEUES }));
    });
  program
    .command('api')
    .description('run the API alone; other processes do the work')
    .action(async () => {
      const { serve } = await import('./serve.ts');
      exit(await serve(terminal, { hasApi: true, queues: [] }));
    });
  program
    .command('worker')
    .description('work on queues beside `earshot api`; as many of these as you like')
    .option('--queues <names>', `which ones, e.g. poll,analyse (default: ${QUEUES.join(',')})`, parseQueues)
    .action(async ({ queues = QUEUES }: { queues?: readonly QueueName[] }) => {
      const { serve } = await import('./serve.ts');
      exit(await serve(terminal, { hasApi: false, queues }));
    });
  program
    .command('demo')
    .description('fill a sample workspace, show its digest, then run as `start`')
    .action(async () => {
      const { demoCommand } = await import('./demo.ts');
      exit(await demoCommand(terminal));
    });
  addAnalysisCommands(program, terminal, exit, json);
  addDataCommands(program, terminal, exit, json);
  addReadingCommands(program, terminal, exit, json);
  addConfigCommands(program, terminal, exit, json);
  return program;
}

function parseQueues(text: string): readonly QueueName[] {
  const named = new Set(text.split(',').map((name) => name.trim()));
  const unknown = [...named].filter((name) => !QUEUES.some((queue) => queue === name));
  if (unknown.length > 0)
    throw new InvalidArgumentError(
      `"${unknown.join('", "')}" is no queue; the queues are ${QUEUES.join(', ')}`,
    );
  return QUEUES.filter((queue) => named.has(queue));
}
