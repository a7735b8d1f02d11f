import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EvidenceQuery } from '../../../src/contract/digests.ts';
import { canonicalJson } from '../../../src/digest/canonical-json.ts';
import { compileDigest } from '../../../src/digest/compile.ts';
import { evidenceUrl, quoteKey } from '../../../src/digest/evidence.ts';
import { hashDigest, renderDigest } from '../../../src/digest/render.ts';
import type { DigestDocument, DigestFacts, EvidenceFilter, QuoteTexts } from '../../../src/domain/digest.ts';
import { anyStory, hostileText, small } from './any-story.ts';
import { account, candidate, digestFacts, frozenFacts, spoke, tally } from './digest-facts.ts';

/** How many days are rendered, however long it takes; without it as many as ten seconds allow. */
const CASES = process.env['EARSHOT_DIGEST_CASES'];

/** A day with any figures and any foreign words in every place that takes some. */
const anyDay: fc.Arbitrary<{ facts: DigestFacts; texts: QuoteTexts }> = fc
  .record({
    today: fc.array(
      fc.tuple(
        fc.oneof(fc.constantFrom('product', 'sales', 'pricing', 'service'), hostileText),
        small,
        small,
        small,
      ),
      { maxLength: 12 },
    ),
    before: fc.array(fc.tuple(fc.constantFrom('product', 'sales', 'pricing'), small, small, small), {
      maxLength: 3,
    }),
    names: fc.array(hostileText, { maxLength: 20 }),
    words: fc.array(fc.option(hostileText), { maxLength: 25 }),
    troubles: fc.array(fc.tuple(hostileText, hostileText), { maxLength: 10 }),
    isEmpty: fc.boolean(),
    workspace: hostileText,
    story: anyStory,
  })
  .map(({ today, before, names, words, troubles, isEmpty, workspace, story }) => {
    const aspects = [...new Map(today.map((row) => [row[0].slice(0, 40), row])).entries()].map(
      ([aspect, [, a, b, c]]) => spoke(aspect, a, b, c),
    );
    const candidates = words.map((_, index) =>
      candidate(index + 1, {
        aspect: aspects[index % Math.max(1, aspects.length)]?.aspect ?? 'product',
        urgency: index % 4 === 0 ? 3 : 0,
        intent: index % 5 === 0 ? 'churn' : index % 7 === 0 ? 'purchase' : 'none',
        accountId: String(index % 20),
        platform: words[index] ?? 'x',
      }),
    );
    const facts = digestFacts(
      isEmpty ? [] : aspects,
      before.map(([aspect, a, b, c]) => spoke(aspect, a, b, c)),
      {
        frozen: {
          ...story.frozen,
          workspace,
          roster: names.map((name, index) => account(index, name, { owner: name, tier: name })),
          sources: {
            total: 20,
            troubles: troubles.map(([name, detail]) => ({
              name,
              kind: 'failing',
              lastSuccessAt: null,
              detail,
            })),
          },
        },
        counted: {
          candidates,
          names: Object.fromEntries(names.map((name, index) => [String(index), name])),
          activity: names.map((_, index) => ({
            accountId: String(index),
            messages: index % 3,
            people: 1,
            negative: index % 2,
            positive: 1,
            lastHeardAt: null,
          })),
          shapes: aspects.map(({ aspect, all }) => ({
            aspect,
            mixed: 3,
            byOneAuthor: all.messages,
            byOneText: 1,
          })),
        },
      },
    );
    const today3 = { ...facts.counted.today, urgent: tally(9), churn: tally(9), purchase: tally(9) };
    const texts = new Map([
      ...candidates.map(({ ref }, index) => [quoteKey(ref), words[index] ?? null] as const),
      ...story.texts,
    ]);
    return {
      facts: { ...facts, counted: { ...facts.counted, today: isEmpty ? facts.counted.today : today3 } },
      texts,
    };
  });

interface SlackText {
  readonly type: string;
  readonly text: string;
}
interface SlackBlock {
  readonly type: string;
  readonly text?: SlackText;
  readonly fields?: readonly SlackText[];
  readonly elements?: readonly SlackText[];
}

function checkSlack(blocks: readonly SlackBlock[]): void {
  expect(blocks.length).toBeLessThanOrEqual(20);
  expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(12_000);
  for (const { type, text, fields = [], elements = [] } of blocks) {
    expect(text?.text.length ?? 1).toBeLessThanOrEqual(type === 'header' ? 150 : 3000);
    expect(fields.length).toBeLessThanOrEqual(10);
    expect(elements.length).toBeLessThanOrEqual(10);
    for (const part of [...(text ? [text] : []), ...fields, ...elements]) {
      expect(part.text.length).toBeGreaterThan(0);
      expect(part.text.length).toBeLessThanOrEqual(type === 'section' && part !== text ? 2000 : 3000);
      expect(part.text.isWellFormed()).toBe(true);
      if (part.type !== 'mrkdwn') continue;
      // Every control sequence is a link that we built; whatever else was a bracket is escaped.
      expect(part.text.replaceAll(/<https:\/\/earshot\.example\/[^<>|]*\|[^<>]*>/g, '')).not.toMatch(
        /<|>(?! )|@(channel|here|everyone)/,
      );
    }
  }
}

const TAGS = /<(\/?)([a-z0-9]+)([^<>]*)>/g;
const KNOWN_TAGS = new Set(
  'html head meta title style body div table tbody tr td p a b h1 h2 h3 span ul li blockquote'.split(' '),
);

function checkHtml(html: string): void {
  expect(Buffer.byteLength(html)).toBeLessThan(60_000);
  const markup = html.replace('<!doctype html>', '').replaceAll(/<style>[^<]*<\/style>/g, '');
  for (const [, , tag = '', attributes = ''] of markup.matchAll(TAGS)) {
    expect(KNOWN_TAGS).toContain(tag);
    expect(attributes).not.toMatch(/ on\w+=|src=/);
    const href = /href="([^"]*)"/.exec(attributes)?.[1] ?? 'https://earshot.example/';
    expect(href).toMatch(/^https:\/\/earshot\.example\//);
  }
  expect(markup.replaceAll(TAGS, '')).not.toMatch(/[<>]/);
}

describe('rendering', () => {
  it('keeps within the limits of Slack and mail, and foreign words stay words, whatever the day', () => {
    fc.assert(
      fc.property(anyDay, ({ facts, texts }) => {
        const rendered = renderDigest(compileDigest(facts), texts);

        checkSlack(rendered.slackBlocks as readonly SlackBlock[]);
        checkHtml(rendered.html);
        expect(Array.from(rendered.subject).length).toBeLessThanOrEqual(78);
        expect(rendered.text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|[\u202a-\u202e]/u);
        const lines = rendered.text.split('\n').filter((line) => !line.includes('https://'));
        expect(lines.filter((line) => Array.from(line).length > 88)).toEqual([]);
      }),
      {
        numRuns: Number(CASES ?? 10_000),
        endOnFailure: true,
        ...(CASES === undefined && { interruptAfterTimeLimit: 10_000 }),
      },
    );
  });

  it('gives the same bytes for a document that was kept as JSON with its keys in another order', () => {
    fc.assert(
      fc.property(anyDay, ({ facts, texts }) => {
        const document = compileDigest(facts);
        const kept = JSON.parse(canonicalJson(document)) as DigestDocument;

        expect(hashDigest(renderDigest(kept, texts))).toEqual(hashDigest(renderDigest(document, texts)));
      }),
      { numRuns: 100 },
    );
  });

  const facts = digestFacts([spoke('pricing', 25, 4, 6)], [spoke('pricing', 12, 3, 5)], {
    counted: {
      candidates: [candidate(1, { accountId: '7' }), candidate(2, { polarity: 'positive', weight: 2 })],
      names: { 7: 'Acme & Sons' },
    },
  });
  const document = compileDigest(facts);
  const texts = new Map([
    [quoteKey(candidate(1).ref), 'Too dear <b>for us</b>'],
    [quoteKey(candidate(2).ref), null],
  ]);

  it('puts the words in every form and a marker where they were erased', () => {
    const { text, html, slackBlocks, json } = renderDigest(document, texts);

    expect(text).toContain('“Too dear <b>for us</b>”');
    expect(html).toContain('“Too dear &lt;b&gt;for us&lt;/b&gt;”');
    expect(JSON.stringify(slackBlocks)).toContain('“Too dear &lt;b&gt;for us&lt;/b&gt;”');
    for (const form of [text, html, JSON.stringify(slackBlocks)]) expect(form).toContain('[erased]');
    const pricing = (json.aspects as readonly object[])[2];
    expect(pricing).toMatchObject({
      aspect: 'pricing',
      quotes: [
        { text: null, erased: true, account: null },
        { text: 'Too dear <b>for us</b>', account: 'Acme & Sons' },
      ],
    });
  });

  it('keeps no words in the document itself', () => {
    expect(JSON.stringify(document)).not.toContain('Too dear');
  });

  it('is a mail of its own without script, image or anything remote', () => {
    const { html } = renderDigest(document, texts);

    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain('<title>Pricing: 25 people negative, up from 12</title>');
    expect(html).toContain('prefers-color-scheme:dark');
    expect(html).not.toMatch(/<script|<img|<svg|@import|url\(/);
  });

  it('opens the mentions behind a number with a link that reads back', () => {
    const filters: readonly EvidenceFilter[] = [
      {},
      { aspect: 'after & sales', polarity: 'negative' },
      { intent: 'churn', account: '12', day: '2026-11-15' },
      { urgent: true },
      { late: true },
      { outcome: 'no-opinion' },
    ];

    const read = filters.map((filter) =>
      EvidenceQuery.parse(Object.fromEntries(new URL(evidenceUrl(frozenFacts(), filter)).searchParams)),
    );

    expect(read).toEqual(filters.map((filter) => ({ ...filter, offset: 0 })));
    expect(evidenceUrl(frozenFacts(), { aspect: 'pricing', polarity: 'negative' })).toBe(
      'https://earshot.example/digests/executive/2026-11-22/evidence?aspect=pricing&polarity=negative',
    );
  });

  it.each(['polarity=angry', 'day=yesterday', 'account=1%20or%201', 'urgent=false', 'outcome=lost'])(
    'refuses a link with %s',
    (query) => {
      expect(EvidenceQuery.safeParse(Object.fromEntries(new URLSearchParams(query))).success).toBe(false);
    },
  );
});
