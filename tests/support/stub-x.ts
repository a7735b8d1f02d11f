import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Clock } from '../../src/lib/clock.ts';
import { portOf } from './stub-http.ts';
import { createStubTimeline, type StubPage, type StubPost, StubProblem } from './stub-x-timeline.ts';

const RATE_WINDOW_MS = 15 * 60_000;
/** Credentials with which every answer is good. */
const TOKEN = 'AAAAAAAAAAAAAAAAAAAAAstub%2Btoken%3D';

/** What goes wrong with one call. Posts of a page that is cut are billed all the same. */
export type XFault =
  | 'rate-limited' // 429, with the window's reset
  | 'last-of-window' // the answer is good, and the last before the reset
  | 'usage-capped'
  | 'no-credits'
  | 'over-capacity' // 503 with a page of HTML
  | 'html' // the same with status 200
  | 'errors-only' // 200 with errors in the place of posts
  | 'truncated' // half the JSON, as if whole
  | 'cut' // half the JSON, then a reset
  | 'reset'
  | 'hang'
  | 'empty-page' // no posts, and more to come
  | 'repeated-page' // the page before, which leads here again
  | 'no-newest-id'
  | StubAnswer;

interface StubAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as HTML, anything else as JSON. */
  readonly body?: unknown;
}

export interface XStub {
  /** `http://127.0.0.1:PORT`, for `api_url`. */
  readonly url: string;
  /** The bearer token that is taken. */
  readonly token: string;
  /** Every call, oldest first. */
  readonly calls: readonly URL[];
  /** Calls that came before the instant the stub had told. */
  readonly early: number;
  /** How often each post was billed, by id. */
  readonly billed: ReadonlyMap<string, number>;
  /** Posts that were billed in vain: their page was cut, or stood in for the next one. */
  readonly spoiled: number;
  publish(posts: readonly StubPost[]): void;
  /** What goes wrong with the next calls, one each; null: nothing. */
  plan(faults: readonly (XFault | null)[]): void;
  /** Called when a call is left without an answer. */
  onHang(listener: () => void): void;
  /** Forgets posts, faults, bills and limits. */
  clear(): void;
  close(): Promise<void>;
}

interface XStubOptions {
  readonly now: Clock;
  /** Calls per 15 minutes. */
  readonly limit?: number;
}

/** What X answers with the same words each time. */
const PLAIN_FAULTS: Readonly<Record<string, StubAnswer>> = {
  'rate-limited': problem(429, 'Too Many Requests'),
  'usage-capped': {
    status: 429,
    body: {
      title: 'UsageCapExceeded',
      detail: 'Usage cap exceeded: Monthly product cap',
      type: 'https://api.twitter.com/2/problems/usage-capped',
    },
  },
  'no-credits': problem(402, 'CreditsDepleted'),
  'over-capacity': { status: 503, body: '<html>Over capacity</html>' },
  html: { status: 200, body: '<html>Please sign in</html>' },
  'errors-only': { status: 200, body: { errors: [{ title: 'Not Found Error', detail: 'gone' }] } },
};

/** A server on loopback that speaks X API v2: recent search, mentions, users and counts, with its limits and its bill. */
export async function startXStub({ now, limit = 450 }: XStubOptions): Promise<XStub> {
  const timeline = createStubTimeline(now);
  const calls: URL[] = [];
  const billed = new Map<string, number>();
  const tally = { early: 0, spoiled: 0 };
  const window = { ends: 0, used: 0, isOver: false, isTold: false };
  let faults: (XFault | null)[] = [];
  let hung = (): void => undefined;

  /** Counts a call against the window. */
  const enter = (): void => {
    const at = now().getTime();
    if (at >= window.ends) Object.assign(window, { ends: at + RATE_WINDOW_MS, used: 0, isOver: false });
    if (window.isOver) {
      if (window.isTold) tally.early += 1;
      throw new StubProblem(429, { title: 'Too Many Requests', type: 'about:blank' });
    }
    window.used += 1;
    window.isOver = window.used >= limit;
    window.isTold = false;
  };

  const rateHeaders = () => {
    window.isTold = window.isOver;
    return {
      'x-rate-limit-limit': String(limit),
      'x-rate-limit-remaining': String(window.isOver ? 0 : limit - window.used),
      'x-rate-limit-reset': String(Math.ceil(window.ends / 1000)),
    };
  };

  const pageOf = (url: URL, fault: XFault | null): StubPage => {
    const before = fault === 'repeated-page' ? timeline.pageBefore(url) : undefined;
    const page = before ?? timeline.page(url, fault === 'empty-page');
    if (fault === 'no-newest-id') delete page.meta.newest_id;
    const ids = (page.data ?? []).map((post) => String(Reflect.get(post, 'id')));
    for (const id of ids) billed.set(id, (billed.get(id) ?? 0) + 1);
    if (before !== undefined || fault === 'truncated' || fault === 'cut') tally.spoiled += ids.length;
    return page;
  };

  const bodyOf = (url: URL, fault: XFault | null): object => {
    const user = /^\/2\/users\/(?:by\/username\/(\w+)|(\d+))$/.exec(url.pathname);
    if (user !== null) return userOf(user[1] ?? 'firm', user[2] ?? '4242');
    if (url.pathname === '/2/tweets/counts/recent')
      return { data: [], meta: { total_tweet_count: timeline.size } };
    if (/^\/2\/(?:tweets\/search\/recent|users\/\d+\/mentions)$/.test(url.pathname))
      return pageOf(url, fault);
    throw new StubProblem(404, { title: 'Not Found' });
  };

  const send = (response: ServerResponse, { status, headers, body = {} }: StubAnswer): void => {
    const [type, text] =
      typeof body === 'string' ? ['text/html', body] : ['application/json', JSON.stringify(body)];
    response.writeHead(status, { 'content-type': type, ...rateHeaders(), ...headers });
    response.end(text);
  };

  const answer = (request: IncomingMessage, response: ServerResponse, url: URL): void => {
    const fault = faults.shift() ?? null;
    if (request.headers.authorization !== `Bearer ${TOKEN}`)
      return send(response, problem(401, 'Unauthorized'));
    enter();
    if (fault === 'rate-limited' || fault === 'last-of-window') window.isOver = true;
    if (fault === 'hang') return hung();
    if (fault === 'reset') return void request.socket.resetAndDestroy();
    const plain = typeof fault === 'string' ? PLAIN_FAULTS[fault] : fault;
    if (plain !== undefined && plain !== null) return send(response, plain);
    const body = bodyOf(url, fault);
    if (fault !== 'truncated' && fault !== 'cut') return send(response, { status: 200, body });
    const text = JSON.stringify(body);
    response.writeHead(200, { 'content-type': 'application/json', ...rateHeaders() });
    if (fault === 'truncated') response.end(text.slice(0, text.length / 2));
    else response.write(text.slice(0, text.length / 2), () => request.socket.resetAndDestroy());
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://x');
    calls.push(url);
    try {
      answer(request, response, url);
    } catch (thrown) {
      const isProblem = thrown instanceof StubProblem;
      send(response, isProblem ? thrown : { status: 500, body: { title: String(thrown) } });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    token: TOKEN,
    calls,
    billed,
    get early() {
      return tally.early;
    },
    get spoiled() {
      return tally.spoiled;
    },
    publish: timeline.publish,
    plan(next) {
      faults = [...next];
    },
    onHang(listener) {
      hung = listener;
    },
    clear() {
      timeline.clear();
      faults = [];
      calls.length = 0;
      billed.clear();
      Object.assign(tally, { early: 0, spoiled: 0 });
      Object.assign(window, { ends: 0, used: 0, isOver: false, isTold: false });
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function problem(status: number, title: string): StubAnswer {
  return { status, body: { title, detail: title, type: 'about:blank', status } };
}

/** X says with status 200 that it shows no such user. */
function userOf(username: string, id: string): object {
  if (username !== 'nobody') return { data: { id, username, name: 'The Firm' } };
  const type = 'https://api.twitter.com/2/problems/resource-not-found';
  return { errors: [{ value: username, detail: 'Could not find user.', title: 'Not Found Error', type }] };
}
