import { type Command, Option } from 'commander';
import { linesOf, type Terminal } from '../terminal.ts';
import { type Exit, type JsonOption, withApp } from './with-app.ts';

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
      const { digestCommand } = await import('../digest.ts');
      const { writePdf } = await import('../digest-pdf.ts');
      const { digestSendCommand } = await import('../digest-send.ts');
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
      const { askCommand } = await import('../ask.ts');
      exit(await withApp(terminal, (app) => askCommand(words.join(' '), flags, { app, terminal })));
    });
}
