import type { HttpClient } from '../../../src/lib/http-client.ts';
import type { HttpStub, StubScript } from '../../support/stub-http.ts';
import type { Refusal, Rig } from './kit.ts';

/** A rig whose far side is a scripted HTTP server. */
export interface HttpRig extends Rig {
  readonly stub: HttpStub;
}

/** The guarded client with its deadline brought forward, so that a far side that never ends costs no test time. */
export function hasty(http: HttpClient): HttpClient {
  return {
    request: (request) => http.request({ ...request, timeoutMs: 400 }),
    close: () => http.close(),
  };
}

/** A far side that answers by this script, and what the ledger is to make of it. */
export function answers(
  name: string,
  script: StubScript,
  expected: Pick<Refusal<HttpRig>, 'kind' | 'retryAfterS'>,
): Refusal<HttpRig> {
  return { name, ...expected, arrange: (rig) => rig.stub.answerWith(script) };
}

const WAITS: readonly (readonly [header: string | undefined, seconds: number])[] = [
  ['7', 7],
  [undefined, 30],
  ['0', 1],
  ['-1', 30],
  ['abc', 30],
  ['99999999', 3_600],
  ['Mon, 02 Mar 2026 07:32:00 GMT', 120],
  ['Mon, 02 Mar 2026 07:00:00 GMT', 1],
];

/** What every far side that speaks HTTP can do, 47 cases; `secret` stands in every body, and must stay there. */
export function httpRefusals(secret: string): readonly Refusal<HttpRig>[] {
  const statuses = (kind: Refusal<HttpRig>['kind'], list: readonly number[]) =>
    list.map((status) => answers(`${status}: ${kind}`, { status, body: secret }, { kind }));
  return [
    ...WAITS.map(([header, retryAfterS]) =>
      answers(
        `429 with Retry-After ${header}: waits ${retryAfterS} s`,
        { status: 429, body: secret, ...(header !== undefined && { headers: { 'retry-after': header } }) },
        { kind: 'rate-limited', retryAfterS },
      ),
    ),
    answers(
      '503 with Retry-After: waits for it',
      { status: 503, headers: { 'retry-after': '60' } },
      { kind: 'unavailable', retryAfterS: 60 },
    ),
    ...statuses('unavailable', [500, 501, 502, 503, 504, 507, 508, 511, 520, 522, 524, 599, 408, 425]),
    ...statuses('invalid-input', [400, 402, 409, 411, 413, 414, 415, 422, 431, 451]),
    ...statuses('auth', [401, 403, 407]),
    ...statuses('not-found', [404, 405, 410]),
    ...[301, 302, 303, 307, 308].map((status) =>
      answers(
        `${status}: is not followed`,
        { status, headers: { location: '/elsewhere' } },
        { kind: 'unavailable' },
      ),
    ),
    answers('connection reset: tries again', { reset: 'before-answer' }, { kind: 'unavailable' }),
    answers('silence: tries again', { hang: true }, { kind: 'unavailable' }),
    { name: 'nobody listens: tries again', kind: 'unavailable', arrange: (rig) => rig.stub.close() },
  ];
}
