import type { DigestDocument, DigestHashes, QuoteTexts, RenderedDigest } from '../domain/digest.ts';
import { canonicalJson, sha256 } from './canonical-json.ts';
import { renderHtml } from './render-html.ts';
import { renderJson } from './render-json.ts';
import { renderSlack } from './render-slack.ts';
import { renderText } from './render-text.ts';

/** Puts a document into every form. Pure: the same document and quotes give the same bytes. */
export function renderDigest(document: DigestDocument, texts: QuoteTexts): RenderedDigest {
  return {
    subject: document.verdict.subject,
    text: renderText(document, texts),
    html: renderHtml(document, texts),
    slackBlocks: renderSlack(document, texts),
    json: renderJson(document, texts),
  };
}

/** SHA-256 of each form; of Slack and JSON over their canonical spelling. */
export function hashDigest({ text, html, slackBlocks, json }: RenderedDigest): DigestHashes {
  return {
    text: sha256(text),
    html: sha256(html),
    slack: sha256(canonicalJson(slackBlocks)),
    json: sha256(canonicalJson(json)),
  };
}
