import type { App } from '../app/app.ts';
import { createSessionStore } from '../store/session-store.ts';
import type { Terminal } from './terminal.ts';

/** While nobody can sign in as administrator, each start prints a link that makes one; the link of the start before is void. */
export async function offerFirstRun({ database, env }: App, { stderr }: Terminal): Promise<void> {
  const sessions = createSessionStore(database);
  if (!(await sessions.needsAdministrator())) return;
  const token = await sessions.offerFirstRun();
  stderr.write(
    `Nobody can sign in yet. Become the administrator by this link, once, within 24 hours:\n${env.publicUrl}/first-run#${token}\n`,
  );
}
