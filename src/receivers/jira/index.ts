import { z } from 'zod';
import type { Before, OutboundMessage, Receipt } from '../../domain/delivery.ts';
import { AppError } from '../../lib/app-error.ts';
import type { HttpAnswer } from '../../lib/http-client.ts';
import { readJson } from '../../lib/read-json.ts';
import { secretOption } from '../../lib/secret.ts';
import { answerError } from '../http-answer.ts';
import { defineReceiver } from '../plug-in.ts';
import { createRest } from '../rest.ts';
import { issueFields } from './issue.ts';

const MAX_ANSWER_BYTES = 20_000;

const jiraOptions = z.strictObject({
  /** `https://firm.atlassian.net`. */
  site: z.url({ protocol: /^https?$/, error: 'must be an absolute https address' }),
  /** Whose token it is; the issues are reported by them. */
  email: z.email().max(254),
  token: secretOption,
  /** The project's key. */
  project: z.string().regex(/^[A-Z][A-Z0-9_]{1,50}$/, { error: 'must be a project key, such as CARE' }),
  issue_type: z.string().min(1).max(60).default('Task'),
  /** Jira takes no blanks in a label. */
  labels: z
    .array(z.string().regex(/^\S{1,255}$/, { error: 'must have no blanks' }))
    .max(20)
    .default([]),
});

const KEY = /^[A-Z][A-Z0-9_]{1,50}-\d{1,12}$/;
const Made = z.object({ key: z.string().regex(KEY) });
const Issue = z.object({
  fields: z.object({
    status: z.object({ statusCategory: z.object({ key: z.string() }) }),
    resolution: z.object({ name: z.string() }).nullish(),
  }),
});
const Faults = z.object({ errors: z.record(z.string(), z.unknown()) });

/** One Jira issue a conversation, what follows as its comments, through REST v3. Success is status 201, nothing else. */
export const jira = defineReceiver({
  kind: 'jira',
  options: jiraOptions,
  create({ site, email, token, project, issue_type: issueType, labels }, { http, clock }) {
    const url = `${site.replace(/\/+$/, '')}/rest/api/3/issue`;

    const rest = createRest(http, {
      url,
      headers: {
        accept: 'application/json',
        authorization: `Basic ${Buffer.from(`${email}:${token.reveal()}`).toString('base64')}`,
      },
    });
    const maxBodyBytes = MAX_ANSWER_BYTES;
    const errorOf = (answer: HttpAnswer): AppError => {
      const fault = wrongField(answer);
      const means =
        fault === undefined ? { status: answer.status } : { status: 404, reason: `no such ${fault}` };
      return answerError({ headers: answer.headers, who: 'Jira', now: clock(), ...means });
    };

    return {
      async send(
        message: OutboundMessage,
        signal: AbortSignal,
        { root = null }: Before = {},
      ): Promise<Receipt> {
        const { description, ...fields } = issueFields(message);
        if (root !== null && KEY.test(root.ref)) {
          const comment = await rest('POST', `/${root.ref}/comment`, {
            body: { body: description },
            signal,
            maxBodyBytes,
          });
          if (comment.status === 201) return { status: 201, detail: `comment on ${root.ref}` };
          // The issue was deleted: what follows begins another.
          if (comment.status !== 404) throw errorOf(comment);
        }
        const answer = await rest('POST', '', {
          signal,
          maxBodyBytes,
          body: {
            fields: {
              project: { key: project },
              issuetype: { name: issueType },
              ...fields,
              description,
              ...(labels.length > 0 && { labels }),
            },
          },
        });
        if (answer.status !== 201) throw errorOf(answer);
        const made = Made.safeParse(readJson(answer.body));
        return { status: 201, detail: 'issue written', ...(made.success && { ref: made.data.key }) };
      },
      async resolutionOf(ref, signal) {
        const answer = await rest('GET', `/${ref}?fields=status,resolution`, { signal, maxBodyBytes });
        if (answer.status !== 200) throw errorOf(answer);
        const issue = Issue.safeParse(readJson(answer.body));
        if (!issue.success)
          throw new AppError('unavailable', 'Jira answered with something else than an issue.');
        const { status, resolution } = issue.data.fields;
        if (status.statusCategory.key !== 'done') return null;
        return /won.?t|duplicate|declined|cannot/i.test(resolution?.name ?? '') ? 'wont-fix' : 'fixed';
      },
      async close() {},
    };
  },
});

/** A project or issue type that is not there comes as 400 and still means the destination, not the message. */
function wrongField({ status, body }: HttpAnswer): 'project' | 'issuetype' | undefined {
  if (status !== 400) return undefined;
  const parsed = Faults.safeParse(readJson(body));
  const fields = parsed.success ? parsed.data.errors : {};
  return (['project', 'issuetype'] as const).find((field) => Object.hasOwn(fields, field));
}
