import { z } from 'zod';
import type { OutboundMessage, Receipt } from '../../domain/delivery.ts';
import type { HttpAnswer } from '../../lib/http-client.ts';
import { readJson } from '../../lib/read-json.ts';
import { secretOption } from '../../lib/secret.ts';
import { answerError, callDestination } from '../http-answer.ts';
import { defineReceiver } from '../plug-in.ts';
import { issueFields } from './issue.ts';

const TIMEOUT_MS = 15_000;
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

const Faults = z.object({ errors: z.record(z.string(), z.unknown()) });

/** One Jira issue a message, through REST v3. Success is status 201, nothing else. */
export const jira = defineReceiver({
  kind: 'jira',
  options: jiraOptions,
  create({ site, email, token, project, issue_type: issueType, labels }, { http, clock }) {
    const url = `${site.replace(/\/+$/, '')}/rest/api/3/issue`;

    return {
      async send(message: OutboundMessage, signal: AbortSignal): Promise<Receipt> {
        const answer = await callDestination(http, {
          method: 'POST',
          url,
          headers: {
            accept: 'application/json',
            authorization: `Basic ${Buffer.from(`${email}:${token.reveal()}`).toString('base64')}`,
            'content-type': 'application/json',
          },
          body: JSON.stringify({
            fields: {
              project: { key: project },
              issuetype: { name: issueType },
              ...issueFields(message),
              ...(labels.length > 0 && { labels }),
            },
          }),
          signal,
          timeoutMs: TIMEOUT_MS,
          maxBodyBytes: MAX_ANSWER_BYTES,
          requireTls: true,
        });
        const { status, headers } = answer;
        if (status === 201) return { status, detail: 'issue written' };
        const fault = wrongField(answer);
        const means = fault === undefined ? { status } : { status: 404, reason: `no such ${fault}` };
        throw answerError({ headers, who: 'Jira', now: clock(), ...means });
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
