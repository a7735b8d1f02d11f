import { describe, expect, it } from 'vitest';
import { compileDigest } from '../../../src/digest/compile.ts';
import type { DigestFacts } from '../../../src/domain/digest.ts';
import { account, candidate, digestFacts, NO_BINS, spoke, tally } from './digest-facts.ts';

const sentences = (facts: DigestFacts): readonly string[] =>
  compileDigest(facts).verdict.sentences.map(({ text }) => text);
const tileNamed = (facts: DigestFacts, aspect: string) =>
  compileDigest(facts).tiles.find((tile) => tile.aspect === aspect);

describe('the verdict', () => {
  it.each<[string, DigestFacts, string]>([
    [
      'names the biggest mover by people',
      digestFacts(
        [spoke('pricing', 25, 0, 0), spoke('product', 0, 0, 10)],
        [spoke('pricing', 12, 0, 0), spoke('product', 0, 0, 6)],
      ),
      '25 people spoke badly of pricing, up from 12 on Sun 15 Nov.',
    ],
    [
      'names a fall as well',
      digestFacts([spoke('service', 6, 0, 0)], [spoke('service', 30, 0, 0)]),
      '6 people spoke badly of service, down from 30 on Sun 15 Nov.',
    ],
    [
      'calls no change of few people one',
      digestFacts([spoke('service', 7, 0, 0)], [spoke('service', 5, 0, 0)]),
      '7 messages from 7 people; no aspect with 5 people or more moved by 3 against Sun 15 Nov. Most spoke of service: 7 people.',
    ],
    [
      'names an aspect that more spoke of though neither its praise nor its complaints moved',
      digestFacts([spoke('service', 3, 3, 2)], [spoke('service', 1, 0, 0)]),
      '8 people spoke of service, up from 1 on Sun 15 Nov.',
    ],
    [
      'says of nobody that it is nobody',
      digestFacts([spoke('service', 0, 0, 0), spoke('product', 1, 0, 0)], [spoke('service', 9, 0, 0)]),
      'Nobody spoke badly of service, down from 9 on Sun 15 Nov.',
    ],
    [
      'says that a quiet day is quiet',
      digestFacts([spoke('service', 2, 0, 2)], [spoke('service', 2, 0, 2)]),
      'A quiet day: 4 messages from 4 people, too few to speak of a change.',
    ],
    [
      'compares with nothing on the first day',
      digestFacts([spoke('service', 9, 0, 0)], [], {
        counted: { listeningSince: '2026-11-20T00:00:00.000Z' },
      }),
      '9 messages from 9 people; no figures for Sun 15 Nov yet to compare with.',
    ],
    [
      'tells an empty day with its quarantine and its sources',
      digestFacts([], [], { frozen: { bins: { ...NO_BINS, heard: 41, quarantined: 41 } } }),
      'All quiet on Sun 22 Nov: no message with an opinion. 41 messages are in quarantine. No trouble at the 3 sources.',
    ],
  ])('%s', (_, facts, first) => {
    expect(sentences(facts)[0]).toBe(first);
  });

  it('gives the best news unless the first sentence was it', () => {
    const good = digestFacts([spoke('product', 0, 0, 40)], [spoke('product', 0, 0, 20)]);
    const bad = digestFacts(
      [spoke('pricing', 30, 0, 0), spoke('product', 0, 0, 6)],
      [spoke('product', 0, 0, 6)],
    );

    expect(sentences(good)).toEqual(['40 people spoke well of product, up from 20 on Sun 15 Nov.']);
    expect(sentences(bad)[1]).toBe('Best news: 6 people spoke well of product, as many as on Sun 15 Nov.');
  });

  it('warns of figures that may be low since something was not heard', () => {
    const troubles = [{ name: 'x', kind: 'silent' as const, lastSuccessAt: null, detail: '' }];
    const facts = digestFacts([spoke('service', 2, 0, 0)], [spoke('service', 30, 0, 0)], {
      frozen: { sources: { total: 3, troubles } },
    });

    expect(sentences(facts)[1]).toBe('Figures may be low: 1 of 3 sources could not be heard in full.');
  });

  it('links each sentence with a figure to the mentions behind it', () => {
    const { verdict } = compileDigest(
      digestFacts([spoke('pricing', 25, 0, 0)], [spoke('pricing', 12, 0, 0)]),
    );

    expect(verdict.sentences[0]?.filter).toEqual({ aspect: 'pricing', polarity: 'negative' });
  });

  it('puts the verdict into a subject of at most 78 characters', () => {
    const { verdict } = compileDigest(
      digestFacts([spoke('a workspace aspect with quite a long name that goes on', 1234, 0, 0)], [], {
        frozen: {
          aspects: ['a workspace aspect with quite a long name that goes on'],
          definition: {
            name: 'x',
            audience: 'x',
            at: '07:30',
            zone: 'UTC',
            department: 'department of everything else',
            empty: 'line',
          },
        },
      }),
    );

    expect(Array.from(verdict.subject).length).toBeLessThanOrEqual(78);
    expect(verdict.subject).toMatch(/^\[department of every…\] A workspace aspect/);
  });
});

describe('a tile', () => {
  it.each([
    ['more with a percentage of 20 and up', 30, 20, '▲', '10 more than Sun 15 Nov (20, +50%)'],
    ['fewer without a percentage below 20', 6, 19, '▼', '13 fewer than Sun 15 Nov (19)'],
    ['no percentage for few voices', 4, 40, '▼', '36 fewer than Sun 15 Nov (40)'],
    ['few voices on both days', 3, 2, '', 'few voices (2 on Sun 15 Nov)'],
    ['the same', 9, 9, '=', 'as many as on Sun 15 Nov'],
    ['nobody', 0, 0, '', 'nobody, as on Sun 15 Nov'],
  ])('says %s', (_, now, then, arrow, words) => {
    const tile = tileNamed(digestFacts([spoke('sales', now, 0, 0)], [spoke('sales', then, 0, 0)]), 'sales');

    expect(tile?.change).toEqual({ arrow, words });
    expect(tile?.isFewVoices).toBe(now > 0 && now < 5);
  });

  it("stands for each of the four aspects always, for the workspace's own when heard, and for a department's own only", () => {
    const heard = [spoke('events', 0, 0, 1), spoke('marketing', 0, 0, 9), spoke('other', 4, 0, 0)];

    expect(compileDigest(digestFacts(heard)).tiles.map(({ aspect }) => aspect)).toEqual([
      'product',
      'sales',
      'pricing',
      'service',
      'marketing',
      'events',
    ]);
    expect(
      compileDigest(digestFacts(heard, [], { frozen: { aspects: ['events'] } })).tiles.map(
        ({ aspect }) => aspect,
      ),
    ).toEqual(['events']);
  });

  it.each([
    [
      { byOneAuthor: 6, byOneText: 2 },
      { kind: 'author', messages: 6 },
    ],
    [
      { byOneAuthor: 5, byOneText: 6 },
      { kind: 'text', messages: 6 },
    ],
    [{ byOneAuthor: 5, byOneText: 5 }, null],
  ])('flags an echo only above half: %o', (shape, echo) => {
    const facts = digestFacts([spoke('sales', 10, 0, 0)], [], {
      counted: { shapes: [{ aspect: 'sales', mixed: 0, ...shape }] },
    });

    expect(tileNamed(facts, 'sales')?.echo).toEqual(echo);
  });
});

const quotesOf = (candidates: readonly ReturnType<typeof candidate>[]) =>
  tileNamed(digestFacts([spoke('pricing', 9, 0, 9)], [], { counted: { candidates } }), 'pricing')?.quotes.map(
    ({ ref }) => ref.mentionId,
  );

describe('the quotes', () => {
  it('never show two of one thread, text or mention', () => {
    const first = candidate(1, { weight: 9, thread: 't' });
    const others = [
      candidate(2, { weight: 8, thread: 't' }),
      candidate(3, { weight: 7, textKey: 'text 1' }),
      candidate(1, { weight: 6 }),
      candidate(4),
    ];

    expect(quotesOf([first, ...others])).toEqual(['1', '4']);
  });

  it('show the other opinion beside the strongest', () => {
    expect(
      quotesOf([
        candidate(1, { weight: 9 }),
        candidate(2, { weight: 8 }),
        candidate(3, { polarity: 'positive' }),
      ]),
    ).toEqual(['1', '3']);
  });

  it('do not repeat what stands among the urgent', () => {
    const document = compileDigest(
      digestFacts([spoke('pricing', 9, 0, 0)], [], {
        counted: { candidates: [candidate(1, { urgency: 3 }), candidate(2)] },
      }),
    );

    expect(document.urgent.items.map(({ ref }) => ref.mentionId)).toEqual(['1']);
    expect(document.tiles[2]?.quotes.map(({ ref }) => ref.mentionId)).toEqual(['2']);
  });

  it('bring along the names of their accounts and no others', () => {
    const document = compileDigest(
      digestFacts([spoke('pricing', 9, 0, 0)], [], {
        counted: { candidates: [candidate(1, { accountId: '7' })], names: { 7: 'Acme', 8: 'Birch' } },
      }),
    );

    expect(document.names).toEqual({ 7: 'Acme' });
  });
});

describe('the top accounts', () => {
  it.each([
    [2, 1, 'upset'],
    [1, 2, 'delighted'],
    [1, 1, 'mixed'],
    [0, 0, 'neutral'],
  ] as const)('%i bad and %i good is %s', (negative, positive, mood) => {
    const activity = [
      { accountId: '1', messages: 3, people: 1, negative, positive, lastHeardAt: '2026-11-22T10:00:00Z' },
    ];
    const facts = digestFacts([spoke('sales', 3, 0, 0)], [], {
      frozen: { roster: [account(1, 'Acme')] },
      counted: { activity },
    });

    expect(compileDigest(facts).accounts.heard[0]?.mood).toBe(mood);
  });

  it('are silent after 60 days, and the digest says when less than that was listened', () => {
    const activity = [
      {
        accountId: '1',
        messages: 0,
        people: 0,
        negative: 0,
        positive: 0,
        lastHeardAt: '2026-09-20T10:00:00Z',
      },
    ];
    const frozen = { roster: [account(1, 'Acme'), account(2, 'Birch')] };
    const old = compileDigest(digestFacts([], [], { frozen, counted: { activity } }));
    const young = compileDigest(
      digestFacts([], [], { frozen, counted: { activity, listeningSince: '2026-11-10T00:00:00.000Z' } }),
    );

    expect(old.accounts.silent.map(({ name, lastHeard }) => [name, lastHeard])).toEqual([
      ['Acme', '2026-09-20'],
      ['Birch', null],
    ]);
    expect([old.accounts.silence, young.accounts.silence]).toEqual([
      'nothing heard in 60 days',
      'nothing heard since the first message on Tue 10 Nov',
    ]);
  });
});

describe('what could not be heard', () => {
  it('names sources, quarantine, unsure share and silent top accounts', () => {
    const { notHeard } = compileDigest(
      digestFacts([spoke('sales', 3, 0, 0)], [], {
        frozen: {
          bins: { heard: 100, quarantined: 9, looksReal: 3, unsure: 8, noOpinion: 1, ours: 0, waiting: 2 },
          roster: [account(1, 'Acme')],
          sources: {
            total: 2,
            troubles: [
              {
                name: 'sales@',
                kind: 'failing',
                lastSuccessAt: '2026-11-20T09:00:00.000Z',
                detail: 'login refused',
              },
              { name: 'feed', kind: 'silent', lastSuccessAt: null, detail: '' },
            ],
          },
        },
      }),
    );

    expect(notHeard.map(({ text }) => text)).toEqual([
      'sales@ fails, last read Fri 20 Nov: login refused',
      'feed, heard on most days of the week before, brought nothing.',
      '9 in quarantine; 3 no machine mail, so perhaps real: review them.',
      '8 messages read with low confidence (8% of 100 heard).',
      '2 messages were heard but not yet read through.',
      '1 message without an opinion.',
      'Silent top accounts: Acme.',
    ]);
  });

  it('makes a day with nothing but late messages no empty one', () => {
    const document = compileDigest(digestFacts([], [], { counted: { late: tally(2) } }));

    expect(document.isEmpty).toBe(false);
    expect(document.verdict.sentences[1]?.text).toBe('2 more messages of earlier days came in late.');
  });
});
