import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { localDate } from '../../digest/calendar.ts';
import { parseEvidenceFilter, quotedRefs } from '../../digest/evidence.ts';
import { renderHtml } from '../../digest/render-html.ts';
import { renderJson } from '../../digest/render-json.ts';
import type { DigestDefinition, DigestDocument, QuoteTexts } from '../../domain/digest.ts';
import type { DigestRunStore } from '../../domain/ports/digest-run-store.ts';
import type { MentionPage } from '../../domain/ports/mention-page.ts';
import { AppError } from '../../lib/app-error.ts';
import type { Clock } from '../../lib/clock.ts';
import { type CompileDeps, compileDigest } from '../../pipeline/compile-digest.ts';
import { renderEvidence } from './evidence-page.ts';
import { renderMention } from './mention-page.ts';

export interface PageDeps extends CompileDeps {
  readonly runs: DigestRunStore;
  readonly clock: Clock;
  readonly readMention: (id: string) => Promise<MentionPage | null>;
}

/** Digests of any day, the mentions behind their numbers, and each mention. A day that has its run is shown as it was frozen. */
export function pageRoutes(deps: PageDeps, mayRead: RequestHandler): Router {
  const router = express.Router();
  router.get('/', mayRead, (_request, response) => {
    const first =
      deps.settings.definitions.find(({ department }) => department === undefined) ??
      deps.settings.definitions[0];
    if (!first)
      throw new AppError('not-found', 'earshot.yaml defines no digest yet; add one under `digests`');
    response.redirect(302, `/digests/${encodeURIComponent(first.name)}`);
  });
  router.get('/digests/:name', mayRead, (request, response) => {
    const { name, zone } = definitionOf(deps, pathOf(request).name);
    response.redirect(302, `/digests/${encodeURIComponent(name)}/${localDate(zone, deps.clock().getTime())}`);
  });
  router.get('/digests/:name/:date', mayRead, async (request, response) => {
    const { document, texts } = await readDigest(deps, pathOf(request));
    sendPage(response, renderHtml(document, texts, 'page'));
  });
  router.get('/api/v1/digests/:name/:date', mayRead, async (request, response) => {
    const { document, texts } = await readDigest(deps, pathOf(request));
    response.json(renderJson(document, texts));
  });
  router.get('/digests/:name/:date/evidence', mayRead, async (request, response) => {
    const { document } = await readDigest(deps, pathOf(request));
    const query = new URLSearchParams(new URL(request.originalUrl, 'http://localhost').search);
    const filter = parseEvidenceFilter(query);
    const offset = offsetOf(query);
    query.delete('offset');
    const evidence = await deps.readModel.listEvidence(document.frozen, filter, offset);
    sendPage(response, renderEvidence(evidence, { document, filter, offset, query }));
  });
  router.get('/mentions/:id', mayRead, async (request, response) => {
    const { id } = pathOf(request);
    const mention = /^\d{1,15}$/.test(id) ? await deps.readMention(id) : null;
    if (!mention) throw new AppError('not-found', `There is no mention ${id}`);
    sendPage(response, renderMention(mention));
  });
  return router;
}

function sendPage(response: Response, markup: string): void {
  response.type('html').send(markup);
}

interface Path {
  readonly name: string;
  readonly date: string;
  readonly id: string;
}

/** The named parts of the path; a part that the route does not have is empty. */
function pathOf({ params }: Request): Path {
  const part = (name: keyof Path): string => String(params[name] ?? '');
  return { name: part('name'), date: part('date'), id: part('id') };
}

async function readDigest(
  deps: PageDeps,
  { name, date }: Omit<Path, 'id'>,
): Promise<{ document: DigestDocument; texts: QuoteTexts }> {
  const definition = definitionOf(deps, name);
  if (!isDay(date)) throw new AppError('invalid-input', `${date} is no day; write it as YYYY-MM-DD`);
  const run = await deps.runs.find(name, date);
  if (!run) return compileDigest(deps, { definition, date, now: deps.clock() });
  return { document: run.document, texts: await deps.readModel.readQuotes(quotedRefs(run.document)) };
}

/** A day of the calendar that can have been listened to. */
function isDay(date: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  // 30 February is read as 2 March, and some zones have no days around the year 0.
  return day > 0 && new Date(day).toISOString().startsWith(date);
}

/** Whole and from 0 to a billion, which no page has; anything else counts as 0. */
function offsetOf(query: URLSearchParams): number {
  const offset = Math.trunc(Number(query.get('offset') ?? 0));
  return offset > 0 ? Math.min(offset, 1_000_000_000) : 0;
}

function definitionOf({ settings }: PageDeps, name: string): DigestDefinition {
  const definition = settings.definitions.find((known) => known.name === name);
  if (!definition)
    throw new AppError(
      'not-found',
      `There is no digest ${name}; there are ${settings.definitions.map((known) => known.name).join(', ')}`,
    );
  return definition;
}
