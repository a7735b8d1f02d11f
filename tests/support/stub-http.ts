import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What the stub got. */
export interface StubRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly at: Date;
}

/** How the stub answers one request; an empty answer is 200 with the body `ok`. */
export interface StubAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Waits before the status line. */
  readonly delayMs?: number;
  /** Sends the body a byte at a time with this pause between two. */
  readonly dripMs?: number;
  /** Resets the connection: before the status line, or in the middle of the body. */
  readonly reset?: 'before-answer' | 'in-body';
  /** Never answers. */
  readonly hang?: boolean;
}

/** One answer for all, one after the other (the last repeats), or one made from the request. */
export type StubScript = StubAnswer | readonly StubAnswer[] | ((request: StubRequest) => StubAnswer);

export interface HttpStub {
  /** `http://127.0.0.1:PORT` without a slash at its end. */
  readonly url: string;
  readonly requests: readonly StubRequest[];
  /** Replaces the script from the next request on. */
  answerWith(script: StubScript): void;
  close(): Promise<void>;
}

/** A scripted HTTP server on loopback that records what it is sent. */
export async function startHttpStub(script: StubScript = {}): Promise<HttpStub> {
  const requests: StubRequest[] = [];
  const closing = new AbortController();
  let next = answersOf(script);

  const server = createServer((incoming, response) => {
    const handle = async () => {
      const request = await readRequest(incoming);
      requests.push(request);
      await answer(response, next(request), closing.signal);
    };
    // A client that hangs up in the middle is what many of these tests are about.
    handle().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    requests,
    answerWith(script) {
      next = answersOf(script);
    },
    async close() {
      closing.abort();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** The port a listening server was given. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('The server does not listen on a port.');
  return address.port;
}

function answersOf(script: StubScript): (request: StubRequest) => StubAnswer {
  if (typeof script === 'function') return script;
  const answers = [script].flat();
  let turn = 0;
  return () => answers[Math.min(turn++, answers.length - 1)] ?? {};
}

async function readRequest(incoming: IncomingMessage): Promise<StubRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: Buffer.concat(chunks).toString('utf8'),
    at: new Date(),
  };
}

async function answer(response: ServerResponse, script: StubAnswer, signal: AbortSignal): Promise<void> {
  const { status = 200, headers = {}, body = 'ok', delayMs = 0, dripMs, reset, hang } = script;
  if (hang) return;
  if (delayMs > 0) await delay(delayMs, undefined, { signal });
  if (reset === 'before-answer') {
    response.req.socket.resetAndDestroy();
    return;
  }
  response.writeHead(status, headers);
  if (reset === 'in-body') {
    response.write(body);
    await delay(20, undefined, { signal });
    response.req.socket.resetAndDestroy();
  } else if (dripMs === undefined) {
    response.end(body);
  } else {
    for (const character of String(body)) {
      response.write(character);
      await delay(dripMs, undefined, { signal });
    }
    response.end();
  }
}
