import { nameThemes } from '../analysis/themes/name-theme.ts';
import { keysOf } from '../analysis/themes/signature.ts';
import type { ThemeDeps } from './form-themes.ts';

/**
 * Makes one theme of two of one aspect. `from` is never formed again: what would have come to it comes to `into`. Throws AppError
 * `not-found` for a theme that is not there, `invalid-input` for two of different aspects or one that was merged before.
 */
export async function mergeThemes(
  { themes }: Pick<ThemeDeps, 'themes'>,
  change: { readonly from: string; readonly into: string; readonly actor: string },
): Promise<void> {
  await themes.merge(change);
}

/**
 * Takes opinions out of a theme into a new one and pins them there, however often they are analysed again; later opinions go to the
 * nearer of the two. Returns the new theme's id. Throws AppError `not-found`, or `invalid-input` for opinions that are not in the
 * theme or are all of it.
 */
export async function splitTheme(
  { themes, reader }: ThemeDeps,
  change: { readonly theme: string; readonly opinions: readonly string[]; readonly actor: string },
): Promise<string> {
  return themes.split({
    ...change,
    keysOf,
    nameOf: (examples) => {
      const opinions = examples.map(({ text, lang }) => reader.read(text, lang));
      return nameThemes([{ id: '', opinions }], []).get('') ?? '';
    },
  });
}
