import { afterAll, beforeAll } from 'vitest';
import type { Source } from '../../../../src/domain/source.ts';
import { AppError } from '../../../../src/lib/app-error.ts';
import { createHttpClient, type HttpClient } from '../../../../src/lib/http-client.ts';
import { parseOptions } from '../../../../src/sources/plug-in.ts';
import { RssOptions } from '../../../../src/sources/rss/options.ts';
import { readDocument } from '../../../../src/sources/rss/read-document.ts';
import type { readInThread } from '../../../../src/sources/rss/read-in-thread.ts';
import { openRssSource } from '../../../../src/sources/rss/rss-source.ts';
import { type FeedStub, startFeedStub } from '../../../support/stub-feed.ts';
import { NOW } from './read.ts';

export interface FeedUnderTest {
  readonly stub: FeedStub;
  /** A source over the stub's feed whose documents are read in a thread, as always. */
  open(options?: object): Source;
  /** The same without the thread, for tests that read hundreds of documents. */
  openUnthreaded(options?: object): Source;
}

/** Reads as the thread does. */
const readHere: typeof readInThread = async (task) => {
  const answer = readDocument(task);
  if ('fault' in answer) throw new AppError(answer.fault.kind, answer.fault.message);
  return answer;
};

/** A feed server and a client for one test file, closed at its end. */
export function feedUnderTest(): () => FeedUnderTest {
  let stub: FeedStub | undefined;
  let http: HttpClient | undefined;
  beforeAll(async () => {
    stub = await startFeedStub();
    http = createHttpClient({ privateNetworks: ['127.0.0.0/8'] });
  });
  afterAll(async () => {
    await Promise.all([http?.close(), stub?.close()]);
  });
  return () => {
    if (stub === undefined || http === undefined) throw new Error('The feed server is not up.');
    const deps = { http, now: () => NOW };
    const { url } = stub;
    const optionsOf = (options: object) => parseOptions('rss', RssOptions, { url, ...options });
    return {
      stub,
      open: (options = {}) => openRssSource(optionsOf(options), deps),
      openUnthreaded: (options = {}) => openRssSource(optionsOf(options), deps, readHere),
    };
  };
}

export const live = () => new AbortController().signal;

/** The error that a call ends in. */
export async function faultOf(call: Promise<unknown>): Promise<AppError> {
  const thrown = await call.catch((error: unknown) => error);
  if (!(thrown instanceof AppError))
    throw new Error('The call did not end in an AppError.', { cause: thrown });
  return thrown;
}
