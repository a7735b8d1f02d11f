import { createReader } from '../analysis/themes/wording.ts';
import type { App } from '../app/app.ts';
import { count } from '../digest/words.ts';
import { AppError } from '../lib/app-error.ts';
import { printable } from '../lib/printable.ts';
import { mergeThemes, splitTheme } from '../pipeline/change-themes.ts';
import { createThemeReadModel } from '../store/theme-read-model.ts';
import { createThemeStore } from '../store/theme-store.ts';
import type { Terminal } from './terminal.ts';

const ACTOR = 'command line';

interface Run {
  readonly app: Pick<App, 'database'>;
  readonly terminal: Terminal;
}

/** `earshot themes`: what more than one opinion said lately, most people first; with an id, what they said. */
export async function themesCommand(
  id: string | undefined,
  { days, json }: { readonly days: number; readonly json?: boolean | undefined },
  { app: { database }, terminal: { stdout } }: Run,
): Promise<number> {
  const model = createThemeReadModel(database);
  if (id !== undefined) {
    const theme = /^\d{1,18}$/.test(id) ? await model.read(id) : null;
    if (theme === null) throw new AppError('not-found', `There is no theme ${id}`);
    const lines = theme.opinions.map(
      ({ opinionId, text, author }) =>
        `${opinionId}  ${printable(author)}: ${text === null ? '(erased)' : printable(text)}`,
    );
    stdout.write(
      json
        ? `${JSON.stringify(theme)}\n`
        : `${theme.aspect}: ${printable(theme.name)}\n${lines.join('\n')}\n`,
    );
    return 0;
  }
  const themes = await model.list(days);
  const lines = themes.map(
    (theme) =>
      `${theme.id}  ${theme.aspect}: ${printable(theme.name)}, ${count(theme.people, 'person', 'people')}, ${count(theme.opinions, 'opinion')}`,
  );
  if (json) stdout.write(`${JSON.stringify(themes)}\n`);
  else stdout.write(themes.length === 0 ? 'There is no theme yet.\n' : `${lines.join('\n')}\n`);
  return 0;
}

/** `earshot themes merge FROM INTO`: they are one from now on. Throws AppError `not-found` or `invalid-input`. */
export async function themesMergeCommand(
  from: string,
  into: string,
  { app, terminal }: Run,
): Promise<number> {
  await mergeThemes({ themes: createThemeStore(app.database) }, { from, into, actor: ACTOR });
  terminal.stdout.write(`Theme ${from} is theme ${into} from now on.\n`);
  return 0;
}

/** `earshot themes split THEME OPINION…`: these opinions become a theme of their own. Throws as merging does. */
export async function themesSplitCommand(
  theme: string,
  opinions: readonly string[],
  { app, terminal }: Run,
): Promise<number> {
  const wrong = opinions.find((id) => !/^\d{1,18}$/.test(id));
  if (wrong !== undefined) throw new AppError('invalid-input', `${wrong} is no number of an opinion`);
  const deps = { themes: createThemeStore(app.database), reader: createReader() };
  const made = await splitTheme(deps, { theme, opinions, actor: ACTOR });
  terminal.stdout.write(`Theme ${made} has ${count(opinions.length, 'opinion')} of theme ${theme} now.\n`);
  return 0;
}
