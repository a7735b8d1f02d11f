import { DateTime } from 'luxon';
import type { Person } from '../../domain/access.ts';
import type { CaseAction } from '../../domain/case.ts';
import { AppError, toAppError } from '../../lib/app-error.ts';
import { escapeMrkdwn } from '../../lib/mrkdwn.ts';
import { BUTTONS_BLOCK } from './buttons.ts';
import { type Interaction, notOursDialog, type Pressed } from './interaction.ts';
import type { SlackApi } from './web-api.ts';

export interface SlackInteractionDeps {
  readonly call: SlackApi;
  /** Who has this mail address; null: nobody who may sign in. */
  readonly personOf: (email: string) => Promise<Person | null>;
  /** Does it with the case as it stands now. Throws AppError as acting in the inbox does. */
  readonly act: (caseId: string, action: CaseAction, person: Person) => Promise<void>;
  readonly departments: readonly string[];
  /** IANA zone of the workspace. */
  readonly zone: string;
}

/** What Slack is answered: nothing, or what is wrong with a dialog's fields. */
export type SlackReply = {
  readonly response_action: 'errors';
  readonly errors: Readonly<Record<string, string>>;
} | null;

const MORNING = { hour: 8, minute: 0, second: 0, millisecond: 0 };

interface Setting {
  readonly now: Date;
  readonly signal: AbortSignal;
}

/** Does what a person asked for in Slack, as that person. What cannot be done is said to them alone. */
export function doInteraction(
  deps: SlackInteractionDeps,
  interaction: Interaction,
  setting: Setting,
): Promise<SlackReply> {
  return interaction.kind === 'not-ours'
    ? passOn(deps, interaction, setting.signal)
    : press(deps, interaction.pressed, setting);
}

/** Says to who filled a dialog in why nothing came of it, when Slack has closed it meanwhile. */
export async function sayLate(
  { call }: Pick<SlackInteractionDeps, 'call'>,
  interaction: Interaction,
  reply: SlackReply,
  signal: AbortSignal,
): Promise<void> {
  if (reply === null || interaction.kind !== 'not-ours') return;
  const { channel, caseId } = interaction.origin;
  const why = Object.values(reply.errors).join(' ');
  await whisper(
    call,
    { channel, user: interaction.userId, text: `Case ${caseId} was not passed on: ${why}` },
    signal,
  );
}

async function passOn(
  deps: SlackInteractionDeps,
  { userId, origin, department, reason }: Extract<Interaction, { kind: 'not-ours' }>,
  signal: AbortSignal,
): Promise<SlackReply> {
  try {
    const person = await whoIs(deps, userId, signal);
    await deps.act(origin.caseId, { kind: 'not-ours', department, reason }, person);
    const text = `Passed on to ${escapeMrkdwn(department)} by ${escapeMrkdwn(person.name)}: ${escapeMrkdwn(reason)}`;
    await deps
      .call('chat.postMessage', { channel: origin.channel, thread_ts: origin.ts, text }, signal)
      .catch(ignoreFaults);
    return null;
  } catch (error) {
    return { response_action: 'errors', errors: { reason: wordsOf(error) } };
  }
}

async function press(deps: SlackInteractionDeps, pressed: Pressed, { now, signal }: Setting): Promise<null> {
  const { channel, message, user, trigger_id: triggerId } = pressed;
  const [{ action_id: action, value: caseId } = { action_id: 'open' as const, value: '' }] = pressed.actions;
  try {
    if (action === 'not-ours') {
      const origin = { caseId, channel: channel.id, ts: message.thread_ts ?? message.ts };
      const view = notOursDialog(origin, deps.departments);
      await deps.call('views.open', { trigger_id: triggerId, view }, signal);
    }
    // To open a page is no action on the case; Slack tells of it all the same.
    if (action === 'not-ours' || action === 'open') return null;
    const person = await whoIs(deps, user.id, signal);
    const until = DateTime.fromJSDate(now, { zone: deps.zone }).plus({ days: 1 }).set(MORNING);
    await deps.act(
      caseId,
      action === 'accept' ? { kind: 'accept' } : { kind: 'snooze', until: until.toUTC().toISO() ?? '' },
      person,
    );
    const done =
      action === 'accept'
        ? 'Accepted'
        : `Snoozed until ${until.setLocale('en').toFormat('ccc d LLL, HH:mm ZZZZ')}`;
    await showDone(deps, pressed, { caseId, words: `✓ ${done} by ${person.name}` }, signal);
  } catch (error) {
    await whisper(deps.call, { channel: channel.id, user: user.id, text: wordsOf(error) }, signal);
  }
  return null;
}

/** For one person's eyes. */
async function whisper(
  call: SlackApi,
  { text, ...where }: { readonly channel: string; readonly user: string; readonly text: string },
  signal: AbortSignal,
): Promise<void> {
  await call('chat.postEphemeral', { ...where, text: escapeMrkdwn(text) }, signal).catch(ignoreFaults);
}

/** Slack's users are known by their mail address. */
async function whoIs(
  { call, personOf }: SlackInteractionDeps,
  user: string,
  signal: AbortSignal,
): Promise<Person> {
  const answer = await call('users.info', { user }, signal);
  const email = emailOf(answer['user']);
  const person = email === null ? null : await personOf(email);
  if (person === null)
    throw new AppError(
      'forbidden',
      `Nobody in Earshot has ${email ?? 'the mail address of your Slack account'}; ask an administrator to add you`,
    );
  return person;
}

function emailOf(user: unknown): string | null {
  const profile = typeof user === 'object' && user !== null && 'profile' in user ? user.profile : null;
  const email = typeof profile === 'object' && profile !== null && 'email' in profile ? profile.email : null;
  return typeof email === 'string' ? email.toLowerCase() : null;
}

/** In place of the case's buttons stands who did what. */
async function showDone(
  { call }: SlackInteractionDeps,
  { channel, message }: Pressed,
  { caseId, words }: { readonly caseId: string; readonly words: string },
  signal: AbortSignal,
): Promise<void> {
  const blocks = message.blocks.map((block) =>
    block.block_id === `${BUTTONS_BLOCK}${caseId}`
      ? { type: 'context', elements: [{ type: 'plain_text', text: words, emoji: false }] }
      : block,
  );
  await call(
    'chat.update',
    { channel: channel.id, ts: message.ts, text: message.text, blocks },
    signal,
  ).catch(ignoreFaults);
}

/** What was done is done, whether Slack shows it or not. */
function ignoreFaults(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}

function wordsOf(error: unknown): string {
  const { kind, message } = toAppError(error);
  return kind === 'bug' ? 'That did not work; see the log of Earshot' : message;
}
