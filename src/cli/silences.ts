import type { App } from '../app/app.ts';
import { count } from '../digest/words.ts';
import type { SilenceRow } from '../domain/ports/silence-store.ts';
import { AppError } from '../lib/app-error.ts';
import { addSilence } from '../pipeline/add-silence.ts';
import { createSilenceStore } from '../store/silence-store.ts';
import type { Terminal } from './terminal.ts';

const ACTOR = 'command line';

interface NewSilenceFlags {
  readonly for: string;
  readonly reason: string;
  readonly author?: string | undefined;
}

/** `earshot silences`: what is silenced, what was and what will be, newest first. */
export async function silencesCommand(
  { database }: Pick<App, 'database'>,
  {
    flags,
    terminal,
  }: { readonly flags: { readonly json?: boolean | undefined }; readonly terminal: Terminal },
): Promise<number> {
  const silences = await createSilenceStore(database).list(null);
  if (flags.json) terminal.stdout.write(`${JSON.stringify(silences)}\n`);
  else if (silences.length === 0) terminal.stdout.write('Nothing is silenced.\n');
  else for (const silence of silences) terminal.stdout.write(`${describe(silence)}\n`);
  return 0;
}

/**
 * `earshot silences add WORDS`: what fulfils all matchers notifies nobody for a while; it waits, and is notified after if its case is
 * still open. Throws AppError `invalid-input` for matchers or a duration that cannot be read.
 */
export async function silencesAddCommand(
  spelling: string,
  { for: duration, reason, author = ACTOR }: NewSilenceFlags,
  { app: { database, queryWorld, clock }, terminal }: { readonly app: App; readonly terminal: Terminal },
): Promise<number> {
  const deps = { silences: createSilenceStore(database), clock, queryWorld };
  const added = await addSilence(deps, { spelling, duration, reason, author, within: null });
  terminal.stdout.write(`${describe(added)}\n`);
  return 0;
}

/** `earshot silences end ID`: ends it now; what it held back is notified. Throws AppError `not-found` or `conflict`. */
export async function silencesEndCommand(
  id: string,
  { author = ACTOR }: { readonly author?: string | undefined },
  { app: { database }, terminal }: { readonly app: Pick<App, 'database'>; readonly terminal: Terminal },
): Promise<number> {
  if (!/^\d{1,18}$/.test(id)) throw new AppError('not-found', `There is no silence ${id}`);
  const ended = await createSilenceStore(database).expire(id, author);
  terminal.stdout.write(`${describe(ended)}\n`);
  return 0;
}

function describe({ id, state, spelling, endsAt, author, reason, heldBack }: SilenceRow): string {
  const end = `${state === 'expired' ? 'ended' : 'until'} ${endsAt.toISOString().slice(0, 16)}Z`;
  const held = heldBack > 0 ? `; holds back ${count(heldBack, 'opinion')}` : '';
  return `${id}  ${state}  ${spelling}  ${end}, by ${author}: ${reason}${held}`;
}
