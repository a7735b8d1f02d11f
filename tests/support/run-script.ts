import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Cleanup } from '../../src/lib/cleanup.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with the output so far once it holds `text`; rejects when the process ends without it. */
  says(text: string): Promise<string>;
}

/** Starts a program of this project as its users do: in a process of its own. */
export function start(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(program, args, {
    cwd: PROJECT,
    env: { ...cleanEnv(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    for (const listener of listeners) listener();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    for (const listener of listeners) listener();
  });
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr })),
  );
  return {
    child,
    ended,
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (`${stdout}${stderr}`.includes(text)) resolve(`${stdout}${stderr}`);
        };
        listeners.add(look);
        void ended.then(() => reject(new Error(`ended without saying "${text}":\n${stdout}\n${stderr}`)));
        look();
      }),
  };
}

/** `earshot …` through the same door as package.json's bin. */
export function earshot(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  return start(process.execPath, ['src/cli/earshot.cjs', ...args], env);
}

/** As `earshot`, and killed by `cleanup` unless it has ended by then. */
export function earshotUntil(
  cleanup: Cleanup,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Running {
  const running = earshot(args, env);
  cleanup.add('process', async () => {
    running.child.kill('SIGKILL');
    await running.ended;
  });
  return running;
}

/** Vitest's own variables and the operator's settings stay out of what is tested. */
function cleanEnv(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  return { PATH, HOME, TMPDIR, LANG };
}
