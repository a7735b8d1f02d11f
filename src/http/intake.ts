import express, { type RequestHandler } from 'express';
import { type IntakeAnswer, IntakeMention, IntakeRequest } from '../contract/intake.ts';
import type { HeardMention } from '../domain/mention.ts';
import { AppError } from '../lib/app-error.ts';
import type { Clock } from '../lib/clock.ts';
import { failpoint } from '../lib/failpoint.ts';
import { type IngestDeps, ingestPage } from '../pipeline/ingest-page.ts';
import { heardAuthor, languageTag, storableKey } from '../sources/mention-fields.ts';
import { isPlausible } from '../sources/occurred-at.ts';
import { describeIssues, storable } from './storable-body.ts';

interface IntakeDeps extends IngestDeps {
  readonly clock: Clock;
}

/** `POST /api/v1/mentions`: other systems push what they heard. */
export function takeMentions(deps: IntakeDeps): RequestHandler[] {
  return [
    express.json({ limit: '8mb', strict: true }),
    async (request, response) => {
      if (!request.is('application/json'))
        throw new AppError(
          'invalid-input',
          'Send the mentions as a JSON body with "Content-Type: application/json"',
        );
      response.status(202).json(await takeIn(deps, request.body));
    },
  ];
}

async function takeIn(deps: IntakeDeps, body: unknown): Promise<IntakeAnswer> {
  const parsed = IntakeRequest.safeParse(storable(body));
  if (!parsed.success) throw new AppError('invalid-input', describeIssues(parsed.error.issues));
  const { source, mentions: given } = parsed.data;
  const now = deps.clock();
  const mentions: HeardMention[] = [];
  const rejected: { index: number; reason: string }[] = [];
  for (const [index, candidate] of given.entries()) {
    const read = IntakeMention.safeParse(candidate);
    if (!read.success) rejected.push({ index, reason: describeIssues(read.error.issues) });
    else if (isPlausible(read.data.occurred_at, now)) mentions.push(toHeard(read.data));
    else rejected.push({ index, reason: 'occurred_at: lies before 1990 or in the future' });
  }
  const { batchId, sourceId } = await deps.mentions.openBatch({ name: source, kind: 'intake' });
  failpoint('intake.opened');
  const page = {
    mentions,
    rejected: rejected.map(({ index, reason }) => ({ where: `mention ${index}`, reason })),
  };
  const counts = await ingestPage(deps, { batchId, sourceId, listeningSince: new Date(0) }, page, now);
  await deps.mentions.closeBatch(batchId);
  return { accepted: counts.inserted, duplicate: counts.duplicate, rejected };
}

function toHeard(mention: IntakeMention): HeardMention {
  const { id, text, author, occurred_at: occurredAt, platform = 'intake', kind = 'post' } = mention;
  const { url, reach, thread } = mention;
  const lang = languageTag(mention.lang ?? '');
  return {
    externalId: storableKey(id),
    text,
    author: heardAuthor(author, true),
    occurredAt,
    platform,
    kind,
    ...(url !== undefined && { url }),
    ...(reach !== undefined && { reach }),
    ...(thread !== undefined && { thread: storableKey(thread) }),
    ...(lang !== undefined && { lang }),
  };
}
