import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/analysis/engine.ts';
import type { Classification } from '../../../src/domain/opinion.ts';
import { samples } from './sentences-table.ts';

const engine = createEngine([]);
/** From here on an opinion is routed; below it a person is asked. */
const SURE = 0.4;

/** `aspect:sign` of every known aspect, by the sign of its opinions' summed scores. */
function signsOf({ opinions }: Classification): string[] {
  const sums = new Map<string, number>();
  for (const { aspect, score } of opinions)
    if (aspect !== 'other') sums.set(aspect, (sums.get(aspect) ?? 0) + score);
  return Array.from(sums, ([aspect, sum]) => `${aspect}:${sum > 0 ? '+' : sum < 0 ? '-' : '0'}`).toSorted();
}

function intentsOf({ intents }: Classification): string[] {
  return intents.map(({ intent }) => intent);
}

function expectExactSpans(text: string, { opinions }: Classification): void {
  for (const opinion of opinions) {
    expect(opinion.text).toBe(text.slice(opinion.start, opinion.end));
    expect(opinion.end).toBeGreaterThan(opinion.start);
    for (const word of opinion.why) expect(text).toContain(word);
  }
}

describe('engine', () => {
  it.each(samples)('reads "$text"', ({ text, aspects, intents, lang }) => {
    const answer = engine.analyse({ text });
    expect(signsOf(answer)).toEqual(aspects.toSorted());
    expect(intentsOf(answer)).toEqual(expect.arrayContaining([...(intents ?? [])]));
    if (lang !== undefined) expect(answer.lang).toBe(lang);
    expectExactSpans(text, answer);
  });

  it('gives each opinion its own clause as evidence', () => {
    const { opinions } = engine.analyse({
      text: 'They love it, but they think the sales department is a bunch of jerks',
    });
    expect(opinions.map(({ text }) => text)).toEqual([
      'They love it',
      'they think the sales department is a bunch of jerks',
    ]);
    expect(opinions[1]?.why).toEqual(['sales department', 'bunch of jerks']);
    for (const { confidence } of opinions) expect(confidence).toBeGreaterThan(SURE);
  });

  it.each([
    [
      'Das Zimmer war schön, das Frühstück jedoch schlecht',
      ['Das Zimmer war schön', 'das Frühstück jedoch schlecht'],
    ],
    ['The staff, however, were rude', ['The staff, however, were rude']],
    ['The app is nice, however, support is rude', ['The app is nice', 'support is rude']],
  ])('begins the clause of a late contrast word before its subject: %j', (text, words) => {
    expect(engine.analyse({ text }).opinions.map((opinion) => opinion.text)).toEqual(words);
  });

  it('merges adjacent clauses of one aspect and polarity', () => {
    const { opinions } = engine.analyse({
      text: 'The app is slow. The app is ugly too. But support is great.',
    });
    expect(opinions.map(({ aspect, text }) => [aspect, text])).toEqual([
      ['product', 'The app is slow. The app is ugly too'],
      ['service', 'support is great'],
    ]);
  });

  it('takes who buys for a buyer, though the words of one who leaves stand beside', () => {
    const text =
      'Re: Atlas for 60 technicians\n\nHello Tom,\n\nMy planner has stopped asking "if" and now asks "when", she is that taken with Atlas. If the basket of texts is in, we sign for sixty seats this week. Please send me the contract.\n\nKind regards,\nJoost';
    const intents = engine.analyse({ text, kind: 'mail' }).opinions.map(({ intent }) => intent);
    expect(intents).toContain('purchase');
    expect(intents).not.toContain('churn');
  });

  it('hears no opinion in tags behind words on the same aspect', () => {
    const text = 'The bill went up again and nobody asked us. #GreatPrices';
    expect(engine.analyse({ text }).opinions.map(({ aspect, polarity }) => [aspect, polarity])).toEqual([
      ['pricing', 'negative'],
    ]);
  });

  it('hears no opinion in a subject or heading above words on the same aspect', () => {
    const mail = 'Subject: Your new prices\n\nHello,\n\nFifty euros a month is far too expensive for us.';
    const post = 'Where is offline mode?\nThe app shows a grey screen without signal.';
    expect(engine.analyse({ text: mail, kind: 'mail' }).opinions.map((opinion) => opinion.text)).toEqual([
      'Fifty euros a month is far too expensive for us',
    ]);
    expect(engine.analyse({ text: post }).opinions.map((opinion) => opinion.text)).toEqual([
      'The app shows a grey screen without signal',
    ]);
  });

  it('tells who leaves beside what they blame, not beside what they praise', () => {
    const text = 'I love it, cancelling anyway. The fees are ridiculous.';
    expect(engine.analyse({ text }).opinions.map(({ aspect, intent }) => [aspect, intent])).toEqual([
      ['product', 'praise'],
      ['pricing', 'churn'],
    ]);
  });

  it.each([
    ["We're sorry to hear that, please DM us your confirmation number."],
    ['@anna Thanks for reaching out! Please send us a DM so we can look into this. ^JH'],
    ['Lamentamos mucho lo ocurrido, envíanos un mensaje para poder ayudarte.'],
    ['@tom Es tut uns leid! Schick uns eine Nachricht per DM, wir helfen dir gerne.'],
  ])('finds no customer opinion in a company reply: %s', (text) => {
    expect(engine.analyse({ text })).toMatchObject({
      polarity: 'neutral',
      intents: [],
      urgency: 0,
      opinions: [],
    });
  });

  it.each([
    ['WIN a FREE phone! Click here http://x.example/z to claim your prize!!!', true],
    ['Earn $500 a day, work from home, join my telegram channel', true],
    ['Gane dinero fácil: haga clic aquí http://x.example', true],
    ['I had to click here three times before the checkout worked', false],
    ['Why was my gift card not accepted? I paid $50 for it', false],
    ['Your video is ready! Txt STOP to end, 1.50 per msg', true],
    ['Orlo opens its third shop in Graz on Monday http://orlo.example/graz', false],
  ])('tells spam in "%s"', (text, expected) => {
    expect(engine.analyse({ text }).spam).toBe(expected);
  });

  it.each([
    ['The coffee is lovely', 0],
    ['I love flying with you today', 0],
    ['How do I change my password?', 1],
    ['The app is broken, I need this fixed today', 2],
    ['Third time my order is wrong', 2],
    ['Your charger caught fire and burned my table', 3],
    ['You charged me twice, my lawyer will be in touch', 3],
    ['Mein Konto wurde gehackt und niemand antwortet', 3],
  ])('weighs how urgent "%s" is', (text, expected) => {
    expect(engine.analyse({ text }).urgency).toBe(expected);
  });

  it('hears the aspects a workspace adds, in any case and number', () => {
    const own = createEngine([
      { aspect: 'marketing', seeds: ['webinar', 'trade fair'] },
      { aspect: 'product', seeds: ['Atlas'] },
    ]);
    expect(signsOf(own.analyse({ text: 'Your webinars are boring' }))).toEqual(['marketing:-']);
    expect(signsOf(own.analyse({ text: 'The Trade Fair was great' }))).toEqual(['marketing:+']);
    expect(signsOf(own.analyse({ text: '@acme ATLAS is brilliant' }))).toEqual(['product:+']);
    expect(own.modelVersion).not.toBe(engine.modelVersion);
  });

  it('trusts the language a platform tells when it knows it', () => {
    expect(engine.analyse({ text: 'Super!', lang: 'de-AT' }).lang).toBe('de');
    expect(engine.analyse({ text: 'ok', lang: 'qme' }).lang).toBe('und');
  });

  it('takes signs that came escaped for what they stand for', () => {
    const answer = engine.analyse({ text: 'I &lt;3 the camera &amp; the price' });
    expect(signsOf(answer)).toEqual(['pricing:+', 'product:+']);
    expectExactSpans('I &lt;3 the camera &amp; the price', answer);
    expect(engine.analyse({ text: 'see you &amp; them tomorrow' }).opinions).toEqual([]);
  });

  it('gives exact spans and bounded numbers for any text', () => {
    const pieces = fc.constantFrom(
      'love',
      'not',
      'app',
      'sales',
      ' but ',
      ', ',
      '. ',
      '😀',
      '👨‍👩‍👧',
      '\ud800',
      '\udc00',
      '> ',
      '\n',
      '\u202e',
      'الخدمة',
      '-- \n',
      '#',
      '@',
      "'",
      '5',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
        ),
        (text) => {
          const answer = engine.analyse({ text });
          expectExactSpans(text, answer);
          for (const { score, confidence } of answer.opinions) {
            expect(Math.abs(score)).toBeLessThanOrEqual(1);
            expect(confidence).toBeGreaterThan(0);
            expect(confidence).toBeLessThanOrEqual(1);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('gives the same answer again', () => {
    const text = 'The app is slow, but Anna from support was wonderful!';
    expect(engine.analyse({ text })).toEqual(createEngine([]).analyse({ text }));
  });
});

describe('engine under hostile text', () => {
  const hostile: readonly (readonly [string, string])[] = [
    ['a million letters', 'a'.repeat(1_000_000)],
    ['a million dots', '.'.repeat(1_000_000)],
    ['a million line ends', '\n'.repeat(1_000_000)],
    ['a million spaces', ' '.repeat(1_000_000)],
    ['a million quote marks', '>'.repeat(1_000_000)],
    ['fifty thousand quoted lines', '> the app is bad\n'.repeat(50_000)],
    [
      'nested quotes',
      Array.from({ length: 2_000 }, (_, depth) => `${'> '.repeat(depth % 200)}text`).join('\n'),
    ],
    ['lone surrogates', '\ud83d'.repeat(50_000)],
    ['joined emoji', `${'👨\u200d'.repeat(20_000)}👩`],
    ['right-to-left overrides', '\u202eتطبيق سيئ '.repeat(20_000)],
    ['combining marks', `e${'\u0301'.repeat(100_000)}`],
    ['dotted words', 'a.'.repeat(200_000)],
    ['mail-like words', `${'a'.repeat(63)}@`.repeat(5_000)],
    ['endless negation', 'not good '.repeat(50_000)],
    ['endless contrast', 'good but bad, '.repeat(50_000)],
    ['reply intros', 'On Tuesday somebody wrote\n'.repeat(20_000)],
    ['apostrophes', "l'".repeat(100_000)],
    ['tails of contractions', `word${" 's".repeat(100_000)}`],
    ['late contrasts', 'the thing however '.repeat(50_000)],
    ['ratings', '1/10 4.5/5 '.repeat(50_000)],
    ['names', `Sync\n\nIt is slow.\n\n${'Ada Lovelace\n\n'.repeat(50_000)}`],
    ['hash signs', '#a'.repeat(100_000)],
    ['markup', '<div>'.repeat(100_000)],
    ['NUL', '\0'.repeat(100_000)],
  ];

  it.each(hostile)('reads %s in bounded time', (_name, text) => {
    const started = performance.now();
    const mail = engine.analyse({ text, kind: 'mail' });
    const told = engine.analyse({ text });
    expect(performance.now() - started).toBeLessThan(2_000);
    expectExactSpans(text, mail);
    expectExactSpans(text, told);
  });
});
