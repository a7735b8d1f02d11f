import { z } from 'zod';
import type { StubAnswer, StubRequest } from './stub-http.ts';

const Text = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1),
  marks: z
    .array(z.strictObject({ type: z.literal('link'), attrs: z.strictObject({ href: z.url() }) }))
    .optional(),
});
const Paragraph = z.strictObject({ type: z.literal('paragraph'), content: z.array(Text).min(1) });
const Description = z.strictObject({
  type: z.literal('doc'),
  version: z.literal(1),
  content: z.array(Paragraph),
});
const Issue = z.strictObject({
  fields: z.strictObject({
    project: z.strictObject({ key: z.string() }),
    issuetype: z.strictObject({ name: z.string() }),
    summary: z.string().regex(/^[^\r\n]{1,255}$/),
    description: Description.refine((document) => JSON.stringify(document).length <= 32_767),
    labels: z.array(z.string().regex(/^\S+$/)).optional(),
  }),
});

/** Jira Cloud's `POST /rest/api/3/issue` with a project CARE, as its REST v3 and ADF references describe it, for a stub. */
export function jiraAnswers(login: string): (request: StubRequest) => StubAnswer {
  let number = 0;
  const basic = `Basic ${Buffer.from(login).toString('base64')}`;
  return ({ method, path, headers, body }) => {
    if (headers.authorization !== basic) return { status: 401, body: 'Client must be authenticated' };
    if (method !== 'POST' || path !== '/rest/api/3/issue') return { status: 404 };
    const issue = Issue.safeParse(JSON.parse(body));
    if (!issue.success) return faults({ description: 'Operation value must be an Atlassian Document' });
    if (issue.data.fields.project.key !== 'CARE') return faults({ project: 'valid project is required' });
    number += 1;
    return { status: 201, body: JSON.stringify({ id: String(10_000 + number), key: `CARE-${number}` }) };
  };
}

function faults(errors: Readonly<Record<string, string>>): StubAnswer {
  return { status: 400, body: JSON.stringify({ errorMessages: [], errors }) };
}
