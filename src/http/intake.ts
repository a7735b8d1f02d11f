import express, { type Router } from 'express';
import { type IntakeAnswer, IntakeMention, IntakeRequest } from '../contract/intake.ts';
import type { HeardMention } from '../domain/mention.ts';
import { AppError } from '../lib/app-error.ts';
import type { Clock } from '../lib/clock.ts';
import { storableText } from '../lib/safe-text.ts';
import { type IngestDeps, ingestPage } from '../pipeline/ingest-page.ts';
import { type KeyCheck, requireKey } from './require-key.ts';

interface IntakeDeps extends IngestDeps {
  readonly keys: KeyCheck;
  readonly clock: Clock;
}

/** `POST /api/v1/mentions`: other systems push what they heard. */
export function intakeRoutes(deps: IntakeDeps): Router {
  const router = express.Router();
  router.post(
    '/api/v1/mentions',
    requireKey(deps.keys, 'intake'),
    express.json({ limit: '8mb', strict: true }),
    async (request, response) => {
      response.status(202).json(await takeIn(deps, request.body));
    },
  );
  return router;
}

async function takeIn(deps: IntakeDeps, body: unknown): Promise<IntakeAnswer> {
  const parsed = IntakeRequest.safeParse(storable(body));
  if (!parsed.success) throw new AppError('invalid-input', describe(parsed.error.issues));
  const { source, mentions: given } = parsed.data;
  const mentions: HeardMention[] = [];
  const rejected: { index: number; reason: string }[] = [];
  for (const [index, candidate] of given.entries()) {
    const read = IntakeMention.safeParse(candidate);
    if (read.success) mentions.push(toHeard(read.data));
    else rejected.push({ index, reason: describe(read.error.issues) });
  }
  const { batchId, sourceId } = await deps.mentions.openBatch({ name: source, kind: 'intake' });
  const page = {
    mentions,
    rejected: rejected.map(({ index, reason }) => ({ where: `mention ${index}`, reason })),
    nextCursor: null,
  };
  const counts = await ingestPage(deps, { batchId, sourceId, isImport: false }, page, deps.clock());
  await deps.mentions.closeBatch(batchId);
  return { accepted: counts.inserted, duplicate: counts.duplicate, rejected };
}

function toHeard({
  id,
  occurred_at: occurredAt,
  author,
  platform,
  kind,
  ...rest
}: IntakeMention): HeardMention {
  const optional = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const known = Object.fromEntries(Object.entries(author).filter(([, value]) => value !== undefined));
  return {
    text: rest.text,
    ...optional,
    externalId: id,
    occurredAt,
    author: known,
    platform: platform ?? 'intake',
    kind: kind ?? 'post',
  };
}

/** Every string of a parsed JSON body made safe for Postgres. */
function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, storable(inner)]));
  return value;
}

function describe(issues: readonly { readonly path: PropertyKey[]; readonly message: string }[]): string {
  return issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');
}
