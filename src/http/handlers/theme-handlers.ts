import { type Caller, visibleDepartments } from '../../domain/access.ts';
import type { ThemeDetail, ThemeReadModel } from '../../domain/ports/theme-read-model.ts';
import { AppError } from '../../lib/app-error.ts';
import { mergeThemes, splitTheme } from '../../pipeline/change-themes.ts';
import type { ThemeDeps as FormingDeps } from '../../pipeline/form-themes.ts';
import type { Handlers } from '../api-router.ts';

export interface ThemeDeps {
  readonly themes: ThemeReadModel;
  readonly forming: FormingDeps;
  /** The aspects that departments own. */
  readonly aspectsOf: (departments: readonly string[]) => readonly string[];
}

type Names = 'listThemes' | 'getTheme' | 'mergeThemes' | 'splitTheme';

export function themeHandlers({ themes, forming, aspectsOf }: ThemeDeps): Handlers<Names> {
  const mayTouch = (caller: Caller, aspect: string): boolean => {
    const visible = visibleDepartments(caller);
    return visible === 'all' || aspectsOf(visible).includes(aspect);
  };
  const find = async (id: string, caller: Caller): Promise<ThemeDetail> => {
    const theme = await themes.read(id);
    if (theme === null || !mayTouch(caller, theme.aspect))
      throw new AppError('not-found', `There is no theme ${id}`);
    return theme;
  };
  return {
    async listThemes({ query, caller }) {
      const found = await themes.list(query.days);
      return {
        themes: found
          .filter(({ aspect }) => mayTouch(caller, aspect))
          .map((row) => ({ ...row, lastHeardAt: row.lastHeardAt.toISOString() })),
      };
    },
    async getTheme({ params: { id }, caller }) {
      const { opinions, ...theme } = await find(id, caller);
      return { ...theme, opinions: opinions.map((one) => ({ ...one, heardAt: one.heardAt.toISOString() })) };
    },
    async mergeThemes({ params: { id }, body: { into }, caller }) {
      await find(id, caller);
      await find(into, caller);
      await mergeThemes(forming, { from: id, into, actor: caller.email });
      return { id: into };
    },
    async splitTheme({ params: { id }, body: { opinions }, caller }) {
      await find(id, caller);
      return { id: await splitTheme(forming, { theme: id, opinions, actor: caller.email }) };
    },
  };
}
