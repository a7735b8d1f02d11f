import { describe, expect, it } from 'vitest';
import { packs } from '../../../src/analysis/lexicon/packs.ts';
import { tokenize } from '../../../src/analysis/text/tokens.ts';

describe('word lists', () => {
  it.each(packs.map((pack) => [pack.lang, pack] as const))(
    'hold no %s entry that a sign between its words keeps from being found',
    (_lang, { polarity, aspects }) => {
      const lists = [polarity, ...Object.values(aspects)].flatMap((words) => Object.values(words));
      const entries = lists.flatMap((list) => list.split(',').map((entry: string) => entry.trim()));

      const cut = entries.filter((entry) =>
        tokenize(entry.replaceAll('*', ''), [{ start: 0, end: entry.replaceAll('*', '').length }])
          .slice(0, -1)
          .some(({ kind }) => kind === 'mark' || kind === 'stop'),
      );

      expect(cut).toEqual([]);
    },
  );
});
