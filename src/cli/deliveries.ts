import type { App } from '../app/app.ts';
import type { Destination } from '../domain/ports/routing-store.ts';
import { AppError } from '../lib/app-error.ts';
import { createDestinationStore } from '../store/destination-store.ts';
import type { Terminal } from './terminal.ts';

/** `earshot deliveries`: the destinations that are switched off. Exit code 1 when there is one. */
export async function deliveriesCommand({ database }: App, terminal: Terminal): Promise<number> {
  const off = await createDestinationStore(database).listDisabled();
  for (const { receiver, integration, number, disabledAt, reason, waiting } of off)
    terminal.stdout.write(
      `off ${receiver}/${integration}/${number} since ${disabledAt.toISOString()}: ${reason} (${waiting} waiting)\n`,
    );
  if (off.length === 0) terminal.stdout.write('Every destination is on\n');
  return off.length > 0 ? 1 : 0;
}

/** `earshot deliveries enable RECEIVER/KIND/NUMBER`: sends there again, beginning with what waits. */
export async function deliveriesEnableCommand(
  { database, wake }: App,
  { name, terminal }: { readonly name: string; readonly terminal: Terminal },
): Promise<number> {
  const isEnabled = await createDestinationStore(database).enable(destinationOf(name), 'command line');
  if (!isEnabled)
    throw new AppError('not-found', `${name} is not switched off; \`earshot deliveries\` lists what is`);
  await wake('deliver');
  terminal.stdout.write(`${name} is on again\n`);
  return 0;
}

function destinationOf(name: string): Destination {
  const [, receiver, integration, number] = /^(.+)\/([a-z]+)\/(\d{1,4})$/.exec(name) ?? [];
  if (receiver === undefined || integration === undefined)
    throw new AppError('invalid-input', `"${name}" is no destination; write it like sales-channel/slack/0`);
  return { receiver, integration, number: Number(number) };
}
