import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../src/lib/app-error.ts';
import { rssOf } from '../../../support/stub-feed.ts';
import type { StubAnswer } from '../../../support/stub-http.ts';
import { feedUnderTest, live } from './open-feed.ts';

const feed = feedUnderTest();

/** Texts with what careless feed readers break. */
const words = fc
  .array(fc.constantFrom('a', 'Ü', '🙂', '&', '<', '>', '&amp;', ']]>', '"', ' x', '1 < 2', '…', '0'), {
    maxLength: 8,
  })
  .map((parts) => `t${parts.join('')}.`);

const faults: readonly StubAnswer[] = [
  { status: 503, body: '' },
  { status: 429, headers: { 'retry-after': '5' }, body: '' },
  { reset: 'before-answer' },
  { reset: 'in-body', body: '<rss version="2.0"><channel><item>' },
  { body: '<html>We are back soon</html>' },
  { body: '' },
];

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      titles: fc.array(words, { minLength: 1, maxLength: 4 }),
      isInFront: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('poll' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('fault' as const), fault: fc.constantFrom(...faults) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('shuffle' as const) }) },
);

describe('a feed that is polled', () => {
  it('is heard item by item exactly once, whatever is put in, answered 304 or goes wrong in between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.boolean(), async (steps, hasTag) => {
        const { stub, openUnthreaded } = feed();
        const written: { guid: string; title: string; body: string }[] = [];
        const heard: (readonly [id: string, text: string])[] = [];
        let cursor: string | null = null;
        const poll = async (): Promise<void> => {
          for (let hasMore = true; hasMore; ) {
            const page = await openUnthreaded().fetchPage(cursor, live());
            heard.push(...page.mentions.map(({ externalId, text }) => [externalId, text] as const));
            ({ nextCursor: cursor, hasMore } = page);
          }
        };
        stub.publish({ body: rssOf([]), hasTag });
        for (const move of [...steps, { kind: 'poll' as const }]) {
          if (move.kind === 'write') {
            const fresh = move.titles.map((title, index) => ({
              guid: `a:${written.length + index}`,
              title: htmlOf(title),
              body: 'b',
            }));
            if (move.isInFront) written.unshift(...fresh);
            else written.push(...fresh);
          } else if (move.kind === 'shuffle') written.reverse();
          else if (move.kind === 'fault') {
            stub.failWith(move.fault);
            const before = cursor;
            const thrown = await poll().catch((error: unknown) => error);
            expect([thrown instanceof AppError, cursor]).toEqual([true, before]);
          }
          stub.publish({ body: rssOf(written), hasTag });
          if (move.kind !== 'fault') await poll();
        }

        expect(heard.toSorted(byId)).toEqual(
          written.map(({ guid, title }) => [guid, `${plainOf(title)}\n\nb`] as const).toSorted(byId),
        );
      }),
      { numRuns: 120 },
    );
  });
});

/** As a feed writes words that are not meant as markup. */
function htmlOf(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function plainOf(html: string): string {
  return html.replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}

function byId([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a.localeCompare(b);
}
