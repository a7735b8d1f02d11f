import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../../src/analysis/engine.ts';
import { groupOpinions } from '../../../../src/analysis/themes/group-opinions.ts';
import { isStillSaid, nameThemes } from '../../../../src/analysis/themes/name-theme.ts';
import { signatureOf } from '../../../../src/analysis/themes/signature.ts';
import { createReader } from '../../../../src/analysis/themes/wording.ts';
import type { OpinionToGroup } from '../../../../src/domain/theme.ts';
import { AIRLINE_TWEETS, hasSharedData, NEEDS_SHARED } from '../../../support/shared-data.ts';
import { SAID_ONCE, SAID_THE_SAME } from './said-the-same.ts';

interface Said extends Pick<OpinionToGroup, 'aspect' | 'polarity'> {
  readonly text: string;
  readonly lang?: string;
}

const reader = createReader();

/** Theme (by its founder) to the places of its opinions in the list. */
function group(said: readonly Said[]): ReadonlyMap<string, readonly number[]> {
  const opinions = said.map(({ text, lang = 'en', ...rest }, at) => ({
    ...rest,
    id: String(at),
    mentionId: String(at),
    pinnedTo: null,
    ...signatureOf(rest.aspect, reader.read(text, lang)),
  }));
  const counts = new Map<string, number>();
  const add = (key: string): Map<string, number> => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { aspect, terms } of opinions) for (const term of ['', ...terms]) add(`${aspect} ${term}`);
  const themes = new Map<string, number[]>();
  for (const { id, theme } of groupOpinions(
    opinions,
    [],
    (aspect, term) => counts.get(`${aspect} ${term ?? ''}`) ?? 0,
  )) {
    if (theme !== null && 'foundedBy' in theme)
      themes.set(theme.foundedBy, [...(themes.get(theme.foundedBy) ?? []), Number(id)]);
  }
  return themes;
}

function namesOf(said: readonly Said[]): string[] {
  const themes = [...group(said)].map(([id, places]) => ({
    id,
    opinions: places.map((at) => reader.read(said[at]?.text ?? '', said[at]?.lang ?? 'en')),
  }));
  return [...nameThemes(themes, []).values()];
}

const complaints = (aspect: string, lang: string, ...texts: readonly string[]): Said[] =>
  texts.map((text) => ({ aspect, polarity: 'negative', text, lang }));

/** Always the same order for one seed. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  let state = seed;
  const next = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
  return list
    .map((item) => ({ item, at: next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

describe('grouping', () => {
  it.each([1, 2, 3])('finds who says the same among 120 opinions, in whatever order (%i)', (seed) => {
    const said = shuffled(
      [
        ...SAID_THE_SAME.flatMap(({ said, ...rest }, truth) =>
          said.map((text) => ({ ...rest, text, truth: `${truth}` })),
        ),
        ...SAID_ONCE.map(({ said, ...rest }, at) => ({ ...rest, text: said, truth: `once ${at}` })),
      ],
      seed,
    );
    const themeOf = new Map([...group(said)].flatMap(([id, places]) => places.map((at) => [at, id])));
    let [both, found, true_] = [0, 0, 0];
    for (const [a, one] of said.entries()) {
      for (const [b, other] of said.entries()) {
        if (a >= b) continue;
        const isFound = themeOf.has(a) && themeOf.get(a) === themeOf.get(b);
        const isTrue = one.truth === other.truth;
        both += Number(isFound && isTrue);
        found += Number(isFound);
        true_ += Number(isTrue);
      }
    }
    const [precision, recall] = [both / found, both / true_];
    expect(said.length).toBeGreaterThanOrEqual(120);
    expect(
      { precision: precision > 0.93, recall: recall > 0.72 },
      `precision ${precision}, recall ${recall}`,
    ).toEqual({
      precision: true,
      recall: true,
    });
  });

  it.each<[string, readonly string[]]>([
    ['es', ['perdieron mi maleta en Madrid', 'mi equipaje está perdido', 'la maleta perdida otra vez']],
    ['fr', ['ma valise est perdue', 'bagages perdus à Paris', 'ils ont perdu mes bagages']],
    ['de', ['mein Koffer ist verschwunden', 'Gepäck verloren', 'ihr habt unser Gepäck verloren']],
    ['pt', ['perderam minha mala', 'minha bagagem foi perdida', 'mala perdida de novo']],
    ['nl', ['mijn koffer is kwijt', 'bagage verloren', 'ze zijn onze koffers kwijt']],
    ['und', ['lost bags', 'bags lost']],
  ])('works in %s', (lang, texts) => {
    expect([...group(complaints('service', lang, ...texts, 'qwertz')).values()]).toEqual([
      texts.map((_, at) => at),
    ]);
  });

  it('makes no theme of what is only said of everything', () => {
    expect(
      group(complaints('service', 'en', 'worst service ever', 'terrible service', 'so bad', 'bad', '@you 12'))
        .size,
    ).toBe(0);
  });
});

describe('names', () => {
  it('are what the opinions say, nearly all in two to five words', () => {
    const names = namesOf(
      SAID_THE_SAME.flatMap(({ said, ...rest }) => said.map((text) => ({ ...rest, text }))),
    );

    expect(names).toEqual(expect.arrayContaining(['on hold', 'too expensive', 'hidden fees', 'rude staff']));
    for (const name of names) expect(name.split(' ').length, name).toBeLessThanOrEqual(5);
    expect(names.filter((name) => !name.includes(' ')).length).toBeLessThan(names.length / 4);
  });

  it('hold no person, handle, link or address', () => {
    const names = namesOf(
      complaints(
        'service',
        'en',
        'Kevin lost my bag @united https://t.example/kevin',
        'kevin lost my bag, mail me at kim@firm.example',
        'when Siobhan lost bags of ours',
        'your Siobhan lost bags',
      ),
    );

    expect(names).toEqual(['lost bag']);
  });

  it('are still said while a quarter of the opinions have a word of them', () => {
    const read = (text: string) => reader.read(text, 'en');
    const opinions = ['rude staff', 'staff so rude', 'impolite agent', 'rude', 'rude crew'].map(read);

    expect(isStillSaid('staff rude', read('staff rude'), opinions)).toBe(true);
    expect(isStillSaid('lost bags', read('lost bags'), opinions)).toBe(false);
    expect(isStillSaid('', [], opinions)).toBe(false);
  });
});

describe.skipIf(!hasSharedData)(`on real posts${NEEDS_SHARED}`, () => {
  it('makes themes that are neither everything nor nothing', {
    timeout: 120_000,
  }, async () => {
    const engine = createEngine([]);
    const rows = parse<{ text: string }>(await readFile(AIRLINE_TWEETS), { columns: true, to_line: 3_001 });
    const said = rows.flatMap(({ text }) => {
      const { opinions, lang } = engine.analyse({ text, kind: 'post' });
      return opinions
        .filter(({ aspect, confidence }) => aspect !== 'other' && confidence >= 0.4)
        .map((opinion) => ({ ...opinion, lang }));
    });

    const themes = [...group(said).values()].toSorted((a, b) => b.length - a.length);

    const themed = themes.reduce((sum, { length }) => sum + length, 0);
    expect(themed / said.length).toBeGreaterThan(0.2);
    expect((themes[0]?.length ?? 0) / said.length).toBeLessThan(0.08);
  });
});
