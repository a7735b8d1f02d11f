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

interface State {
  readonly status: { readonly statusCategory: { readonly key: 'new' | 'indeterminate' | 'done' } };
  readonly resolution?: { readonly name: string } | null;
}
const NEW: State = { status: { statusCategory: { key: 'new' } }, resolution: null };

/** Jira Cloud's issues of a project CARE, as its REST v3 and ADF references describe them, for a stub; `states` by key, new without. */
export function jiraAnswers(
  login: string,
  states: ReadonlyMap<string, State> = new Map(),
): (request: StubRequest) => StubAnswer {
  let number = 0;
  const basic = `Basic ${Buffer.from(login).toString('base64')}`;
  return ({ method, path, headers, body }) => {
    if (headers.authorization !== basic) return { status: 401, body: 'Client must be authenticated' };
    const [, key, comment, query] =
      /^\/rest\/api\/3\/issue(?:\/(CARE-\d+)(\/comment)?(\?fields=status,resolution)?)?$/.exec(path) ?? [];
    if (key !== undefined && Number(key.slice(5)) > number) return { status: 404 };
    if (key !== undefined && method === 'GET' && query !== undefined)
      return { body: JSON.stringify({ key, fields: states.get(key) ?? NEW }) };
    if (key !== undefined && method === 'POST' && comment !== undefined) {
      const isGood = z.strictObject({ body: Description }).safeParse(JSON.parse(body)).success;
      return isGood ? { status: 201, body: '{"id":"1"}' } : faults({ comment: 'Comment body is not valid' });
    }
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
