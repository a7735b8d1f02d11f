import { deliverWorker } from '../../workers/deliver.ts';
import type { App } from '../app/app.ts';
import { printable } from '../lib/printable.ts';
import { type DigestInput, digestCommand } from './digest.ts';
import type { Lines } from './terminal.ts';

const REPORT = `SELECT d.receiver, d.integration, d.status, d.last_error AS error, d.due_at AS "dueAt"
  FROM delivery d JOIN digest_run r ON r.id = d.digest_run_id JOIN digest g ON g.id = r.digest_id
 WHERE g.name = $1 AND d.created_at >= $2::timestamptz ORDER BY d.id`;

interface DeliveryLine {
  readonly receiver: string;
  readonly integration: string;
  readonly status: string;
  readonly error: string | null;
  readonly dueAt: Date;
}

/** `earshot digest send NAME`: writes the deliveries, makes their first attempt here, and says what became of each. */
export async function digestSendCommand(
  app: App,
  { name, input, lines }: { name: string; input: DigestInput; lines: Lines },
): Promise<number> {
  const { database, digests, clock } = app;
  const [before] = await database.query<{ now: Date }>('SELECT now() AS now');
  const pdf = (): Promise<void> => Promise.resolve();
  const code = await digestCommand('send', name, input, { ...digests, clock, ...lines, pdf });
  if (code !== 0) return code;
  const step = deliverWorker(app);
  const stop = new AbortController();
  while (await step(stop.signal));
  const sent = await database.query<DeliveryLine>(REPORT, name, before?.now.toISOString());
  for (const { receiver, integration, status, error, dueAt } of sent) {
    if (status === 'delivered') lines.out(`${receiver} (${integration}): delivered`);
    else if (status === 'dead')
      lines.err(`${receiver} (${integration}): given up. ${printable(error ?? '')}`);
    else
      lines.err(
        `${receiver} (${integration}): not yet, next try ${dueAt.toISOString()} by a running \`earshot start\`. ${printable(error ?? '')}`,
      );
  }
  return sent.every(({ status }) => status !== 'dead') ? 0 : 1;
}
