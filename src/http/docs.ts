import { createHash } from 'node:crypto';
import express, { type Router } from 'express';
import { Html, html, NOTHING, wordsAsWritten } from '../digest/html-parts.ts';
import { type OpenApiDocument, openApiDocument } from './openapi.ts';

const CSS = `:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:960px;margin:2rem auto;padding:0 1rem}
code,pre{font:13px/1.5 ui-monospace,monospace}pre{overflow:auto;padding:.75rem;border:1px solid #8886;border-radius:6px}
h3{margin:1.5rem 0 .25rem}h3 code{font-size:15px}p{margin:.25rem 0}summary{cursor:pointer}.who{opacity:.75}`;

/** `/api/v1/openapi.json`, and `/api/docs`: the same document to read, one page without script. */
export function docsRoutes(): Router {
  const router = express.Router();
  const document = openApiDocument();
  const page = docsPage(document);
  const styles = createHash('sha256').update(CSS).digest('base64');
  router.get('/api/v1/openapi.json', (_request, response) => void response.json(document));
  router.get('/api/docs', (_request, response) => {
    response
      .set(
        'Content-Security-Policy',
        `default-src 'none'; style-src 'sha256-${styles}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
      )
      .type('html')
      .send(page);
  });
  return router;
}

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly { readonly name?: string; readonly in?: string; readonly schema?: unknown }[];
  readonly body: unknown;
  readonly answer: unknown;
}

function operationsOf({ paths = {} }: OpenApiDocument): readonly Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    (['get', 'post', 'put', 'patch', 'delete'] as const).flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const {
        tags = [],
        summary = '',
        description = '',
        parameters = [],
        requestBody,
        responses,
      } = operation;
      const [, done] = Object.entries(responses ?? {})[0] ?? [];
      return [
        {
          method: method.toUpperCase(),
          path,
          tag: tags[0] ?? '',
          summary,
          description,
          parameters: parameters as Operation['parameters'],
          body: schemaIn(requestBody),
          answer: schemaIn(done),
        },
      ];
    }),
  );
}

function schemaIn(part: unknown): unknown {
  const { content = {} } = (part ?? {}) as { content?: Record<string, { schema?: unknown }> };
  return Object.values(content)[0]?.schema;
}

function docsPage(document: OpenApiDocument): string {
  const operations = operationsOf(document);
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  const sections = tags.map(
    (tag) =>
      html`<h2>${tag}</h2>${operations.filter((operation) => operation.tag === tag).map(operationHtml)}`,
  );
  const shapes = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) =>
      html`<details id="${name}"><summary><code>${name}</code></summary>${json(schema)}</details>`,
  );
  const markup = html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Earshot API</title><style>${new Html(CSS)}</style></head><body><main><h1>Earshot API</h1><p>For machines: <a href="/api/v1/openapi.json">openapi.json</a>. Machines send <code>Authorization: Bearer KEY</code>; browsers the cookie of their session, and with every change the <code>X-CSRF-Token</code> that <code>GET /api/v1/session</code> gives. Every refusal is <code>{ error: { kind, message, id } }</code>.</p>${sections}<h2>Shapes</h2>${shapes}</main></body></html>`;
  return `<!doctype html>\n${markup.markup}\n`;
}

function operationHtml({ method, path, summary, description, parameters, body, answer }: Operation): Html {
  return html`<h3><code>${method} ${path}</code></h3><p>${summary}</p><p class="who">${description}</p>${parameters.length > 0 ? html`<details><summary>Parameters</summary>${json(parameters)}</details>` : NOTHING}${body === undefined ? NOTHING : html`<details><summary>Body</summary>${json(body)}</details>`}<details><summary>Answer</summary>${json(answer)}</details>`;
}

function json(value: unknown): Html {
  return html`<pre>${wordsAsWritten(JSON.stringify(value, null, 2) ?? '')}</pre>`;
}
