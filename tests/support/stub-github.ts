import { z } from 'zod';
import type { StubAnswer, StubRequest } from './stub-http.ts';

const Issue = z.object({
  title: z.string().min(1).max(256),
  body: z.string().max(65_536),
  labels: z.array(z.string()),
});

interface State {
  readonly state: 'open' | 'closed';
  readonly state_reason?: 'completed' | 'not_planned' | null;
}

/** GitHub's issues of `firm/care` as its REST reference describes them, for a stub; `states` by number, open without. */
export function githubAnswers(
  token: string,
  states: ReadonlyMap<number, State> = new Map(),
): (request: StubRequest) => StubAnswer {
  let number = 0;
  return ({ method, path, headers, body }) => {
    if (headers.authorization !== `Bearer ${token}`) return json(401, { message: 'Bad credentials' });
    if (headers['user-agent'] === undefined) return json(403, { message: 'Request forbidden' });
    if (headers['x-github-api-version'] !== '2022-11-28') return json(400, { message: 'Bad version' });
    const [, given, comments] = /^\/repos\/firm\/care\/issues(?:\/(\d+)(\/comments)?)?$/.exec(path) ?? [path];
    const issue = Number(given ?? 0);
    if (issue > number || !path.startsWith('/repos/firm/care/issues'))
      return json(404, { message: 'Not Found' });
    if (issue > 0 && comments === undefined && method === 'GET')
      return json(200, { number: issue, state: 'open', state_reason: null, ...states.get(issue) });
    if (method !== 'POST' || (issue > 0 && comments === undefined))
      return json(404, { message: 'Not Found' });
    if (issue > 0)
      return json(201, { id: 1, body: z.object({ body: z.string().min(1) }).parse(JSON.parse(body)).body });
    if (!Issue.safeParse(JSON.parse(body)).success) return json(422, { message: 'Validation Failed' });
    number += 1;
    return json(
      201,
      { number, html_url: `https://github.com/firm/care/issues/${number}` },
      { location: `https://api.github.com/repos/firm/care/issues/${number}` },
    );
  };
}

function json(status: number, body: object, headers: Readonly<Record<string, string>> = {}): StubAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
