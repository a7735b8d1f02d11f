import { z } from 'zod';
import type { StubAnswer, StubRequest } from './stub-http.ts';

const Issue = z.object({
  title: z.string().min(1).max(256),
  body: z.string().max(65_536),
  labels: z.array(z.string()),
});

/** GitHub's `POST /repos/firm/care/issues` as its REST reference describes it, for a stub. */
export function githubAnswers(token: string): (request: StubRequest) => StubAnswer {
  let number = 0;
  return ({ method, path, headers, body }) => {
    if (headers.authorization !== `Bearer ${token}`) return json(401, { message: 'Bad credentials' });
    if (method !== 'POST' || path !== '/repos/firm/care/issues') return json(404, { message: 'Not Found' });
    if (headers['user-agent'] === undefined) return json(403, { message: 'Request forbidden' });
    if (headers['x-github-api-version'] !== '2022-11-28') return json(400, { message: 'Bad version' });
    if (!Issue.safeParse(JSON.parse(body)).success) return json(422, { message: 'Validation Failed' });
    number += 1;
    return json(201, { number, html_url: `https://github.com/firm/care/issues/${number}` });
  };
}

function json(status: number, body: object): StubAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
