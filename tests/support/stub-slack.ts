import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { StubAnswer, StubRequest } from './stub-http.ts';

const Block = z.looseObject({ type: z.string(), block_id: z.string().max(255).optional() });
const Message = z.looseObject({
  channel: z.string(),
  text: z.string().max(40_000).default(''),
  blocks: z.array(Block).optional(),
  thread_ts: z.string().optional(),
  reply_broadcast: z.boolean().optional(),
  ts: z.string().optional(),
  user: z.string().optional(),
});
type Message = z.infer<typeof Message>;

/** One message as a channel shows it. */
export interface ShownMessage {
  readonly ts: string;
  readonly threadTs: string | null;
  /** Whether a reply in a thread stands in the channel as well. */
  readonly isBroadcast: boolean;
  text: string;
  blocks: readonly {
    readonly type: string;
    readonly block_id?: string | undefined;
    readonly [key: string]: unknown;
  }[];
}

export const SLACK_CHANNEL = 'C0CARE';

/** Texts as they are, and what is JSON in a form read as JSON. */
function readForm(body: string): Record<string, unknown> {
  const json = ['blocks', 'view', 'mrkdwn', 'unfurl_links', 'unfurl_media', 'reply_broadcast'];
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([name, value]) => [
      name,
      json.includes(name) ? JSON.parse(value) : value,
    ]),
  );
}

/**
 * Slack's Web API for a bot in one channel, by its reference (docs.slack.dev/reference/methods): a form in, `ok` and `error` out, 429 as HTTP.
 * `people` are mail addresses by user id.
 */
export function slackWorkspace(token: string, people: Readonly<Record<string, string>> = {}) {
  const shown: ShownMessage[] = [];
  const whispers: { user: string; text: string }[] = [];
  const dialogs: { trigger_id: string; view: { private_metadata: string; blocks: unknown[] } }[] = [];
  const methods: Record<string, (body: Message, raw: unknown) => object> = {
    'chat.postMessage'(body) {
      const fault = faultOf(body);
      if (fault) return { ok: false, error: fault };
      if (body.thread_ts !== undefined && !shown.some(({ ts }) => ts === body.thread_ts))
        return { ok: false, error: 'thread_not_found' };
      const ts = `17${String(shown.length).padStart(8, '0')}.000100`;
      const { thread_ts: threadTs = null, reply_broadcast: isBroadcast = false, text, blocks = [] } = body;
      shown.push({ ts, threadTs, isBroadcast, text, blocks });
      return { ok: true, channel: body.channel, ts };
    },
    'chat.update'(body) {
      const message = shown.find(({ ts }) => ts === body.ts);
      const fault = message === undefined ? 'message_not_found' : faultOf(body);
      if (message === undefined || fault) return { ok: false, error: fault };
      Object.assign(message, { text: body.text, blocks: body.blocks ?? [] });
      return { ok: true, channel: body.channel, ts: message.ts };
    },
    'chat.postEphemeral'(body) {
      whispers.push({ user: body.user ?? '', text: body.text });
      return { ok: true };
    },
    'views.open'(_body, raw) {
      dialogs.push(raw as (typeof dialogs)[number]);
      return { ok: true };
    },
    'users.info'(_body, raw) {
      const { user } = z.object({ user: z.string() }).parse(raw);
      const email = people[user];
      return email === undefined
        ? { ok: false, error: 'user_not_found' }
        : { ok: true, user: { id: user, profile: { email } } };
    },
  };
  const answer = ({ method, path, headers, body }: StubRequest): StubAnswer => {
    if (headers['content-type'] !== 'application/x-www-form-urlencoded; charset=utf-8')
      return json({ ok: false, error: 'invalid_form_data' });
    const raw = readForm(body);
    const call = methods[path.replace(/^\/api\//, '')];
    if (method !== 'POST' || call === undefined) return json({ ok: false, error: 'unknown_method' });
    if (headers.authorization !== `Bearer ${token}`) return json({ ok: false, error: 'invalid_auth' });
    return json(call(Message.parse({ channel: SLACK_CHANNEL, ...raw }), raw));
  };
  return { answer, shown, whispers, dialogs };
}

function faultOf({ channel, text, blocks = [] }: Message): string | undefined {
  if (channel !== SLACK_CHANNEL) return 'channel_not_found';
  if (text === '' && blocks.length === 0) return 'no_text';
  const ids = blocks.flatMap(({ block_id: id }) => id ?? []);
  const isWrong = blocks.length > 50 || new Set(ids).size < ids.length;
  return isWrong ? 'invalid_blocks' : undefined;
}

function json(body: object): StubAnswer {
  return { headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) };
}

/** What Slack posts to us, signed as it signs. */
export function signedBySlack(
  payload: object,
  secret: string,
  { at = new Date() }: { readonly at?: Date } = {},
): { readonly body: string; readonly headers: Readonly<Record<string, string>> } {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
  };
}
