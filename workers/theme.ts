import { createReader } from '../src/analysis/themes/wording.ts';
import type { App } from '../src/app/app.ts';
import { formThemes } from '../src/pipeline/form-themes.ts';
import { createThemeStore } from '../src/store/theme-store.ts';
import type { Step } from './define-worker.ts';

/** Nobody wakes it but the reconciler: a theme may come some seconds after its opinions, and routing shall not pay for it. */
export function themeWorker({ database }: App): Step {
  const deps = { themes: createThemeStore(database), reader: createReader() };
  return () => formThemes(deps);
}
