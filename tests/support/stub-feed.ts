import { createHash } from 'node:crypto';
import { type HttpStub, type StubAnswer, type StubRequest, startHttpStub } from './stub-http.ts';

/** A document as the stub publishes it. */
export interface Published {
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether it carries an ETag and is answered 304 when it is known. Default true. */
  readonly hasTag?: boolean;
}

export interface FeedStub {
  /** Address of the feed. */
  readonly url: string;
  readonly origin: string;
  readonly requests: readonly StubRequest[];
  /** Replaces what is published. */
  publish(document: Published | string | Uint8Array): void;
  /** Answers the next requests so, one after the other, before it publishes again. */
  failWith(...answers: readonly StubAnswer[]): void;
  /** What a path answers instead of the feed. */
  answerAt(path: string, answer: StubAnswer): void;
  close(): Promise<void>;
}

/** A web server on loopback that publishes one feed as servers do: with an ETag, 304, redirects and faults. */
export async function startFeedStub(first: Published | string | Uint8Array = ''): Promise<FeedStub> {
  let published = documentOf(first);
  const faults: StubAnswer[] = [];
  const elsewhere = new Map<string, StubAnswer>();
  const stub: HttpStub = await startHttpStub(({ path, headers }) => {
    const answer = faults.shift() ?? elsewhere.get(path);
    if (answer !== undefined) return answer;
    const { body, headers: own = {}, hasTag = true } = published;
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
    if (!hasTag) return { body, headers: own };
    const isKnown = headers['if-none-match'] === etag;
    return { status: isKnown ? 304 : 200, body: isKnown ? '' : body, headers: { ...own, etag } };
  });
  return {
    url: `${stub.url}/feed`,
    origin: stub.url,
    requests: stub.requests,
    publish(document) {
      published = documentOf(document);
    },
    failWith(...answers) {
      faults.push(...answers);
    },
    answerAt(path, answer) {
      elsewhere.set(path, answer);
    },
    close: () => stub.close(),
  };
}

function documentOf(document: Published | string | Uint8Array): Published {
  return typeof document === 'string' || document instanceof Uint8Array ? { body: document } : document;
}

/** One item of {@link rssOf}. */
export interface WrittenItem {
  readonly guid?: string;
  readonly title?: string;
  readonly body?: string;
  readonly date?: string;
}

/** An RSS 2.0 document. */
export function rssOf(items: readonly WrittenItem[], channel = ''): string {
  const written = items.map(({ guid, title, body, date }) =>
    [
      '<item>',
      guid === undefined ? '' : `<guid isPermaLink="false">${escaped(guid)}</guid>`,
      title === undefined ? '' : `<title>${escaped(title)}</title>`,
      body === undefined ? '' : `<description>${escaped(body)}</description>`,
      date === undefined ? '' : `<pubDate>${escaped(date)}</pubDate>`,
      '</item>',
    ].join(''),
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Acme news</title>${channel}${written.join('\n')}</channel></rss>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
