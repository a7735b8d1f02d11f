import type { Option } from 'commander';
import type { App } from '../../app/app.ts';
import { quietEnv, type Terminal } from '../terminal.ts';

export type Exit = (code: number) => void;
export type JsonOption = () => Option;

/** Runs `work` on an application that is opened for it. What a command runs on is loaded when it runs: help answers at once. */
export async function withApp(terminal: Terminal, work: (app: App) => Promise<number>): Promise<number> {
  const { openApp } = await import('../../app/app.ts');
  const app = await openApp({ processEnv: quietEnv(terminal.env) });
  return work(app).finally(() => app.close());
}
