import { groupOpinions } from '../analysis/themes/group-opinions.ts';
import { isStillSaid, nameThemes } from '../analysis/themes/name-theme.ts';
import { signatureOf } from '../analysis/themes/signature.ts';
import type { Reader } from '../analysis/themes/wording.ts';
import type { ThemeBatch, ThemeStore, ThemeToLookAt } from '../domain/ports/theme-store.ts';
import type { CountTerm, OpinionToGroup } from '../domain/theme.ts';
import { SURE_ENOUGH } from './decide-outcome.ts';

const BATCH = 500;
/** A theme that people have got used to keeps its name. */
const STILL_SMALL = 10;

export interface ThemeDeps {
  readonly themes: ThemeStore;
  readonly reader: Reader;
}

/** Finds the themes of one batch of routed opinions. What is unsure or about no aspect has none. Returns whether more may wait. */
export async function formThemes({ themes, reader }: ThemeDeps): Promise<boolean> {
  const mentions = await themes.formBatch(BATCH, async (batch) => {
    const opinions = batch.opinions
      .filter(({ confidence, aspect }) => confidence >= SURE_ENOUGH && aspect !== 'other')
      .map(({ text, lang, ...opinion }) => ({
        ...opinion,
        ...signatureOf(opinion.aspect, reader.read(text, lang)),
      }));
    if (opinions.length === 0) return;
    const known = await batch.findAlike([...new Set(opinions.flatMap(({ keys }) => keys))]);
    const counts = withOwn(await batch.countTerms([...opinions, ...known]), opinions);
    const grouped = groupOpinions(opinions, known, counts);
    const signatures = new Map([...known, ...opinions].map((opinion) => [opinion.id, opinion]));
    await nameThem(batch, await batch.save(grouped, signatures), reader);
  });
  return mentions === BATCH;
}

/** The stored counts and those of the batch itself, so that the first batch of all knows what is frequent. */
function withOwn(stored: CountTerm, opinions: readonly OpinionToGroup[]): CountTerm {
  const own = new Map<string, number>();
  const add = (key: string): Map<string, number> => own.set(key, (own.get(key) ?? 0) + 1);
  for (const { aspect, terms } of opinions) {
    add(`${aspect} `);
    for (const term of terms) add(`${aspect} ${term}`);
  }
  return (aspect, term) => stored(aspect, term) + (own.get(`${aspect} ${term ?? ''}`) ?? 0);
}

async function nameThem(batch: ThemeBatch, themes: readonly ThemeToLookAt[], reader: Reader): Promise<void> {
  const read = themes.map(({ examples, ...theme }) => ({
    ...theme,
    opinions: examples.map(({ text, lang }) => reader.read(text, lang)),
    nameWords: reader.read(theme.name, examples[0]?.lang ?? 'en'),
  }));
  const unnamed = read.filter(
    ({ name, size, nameWords, opinions }) => size <= STILL_SMALL || !isStillSaid(name, nameWords, opinions),
  );
  for (const aspect of new Set(unnamed.map((theme) => theme.aspect))) {
    const others = (await batch.readOthers(aspect)).map(({ text, lang }) => reader.read(text, lang));
    const names = nameThemes(
      unnamed.filter((theme) => theme.aspect === aspect),
      others,
    );
    if (names.size > 0) await batch.rename(names);
  }
}
