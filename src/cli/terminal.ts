import type { Writable } from 'node:stream';
import type { ProcessEnv } from '../config/env.ts';

/** Where a command reads and writes; tests hand in their own. */
export interface Terminal {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly env: ProcessEnv;
}

/** How a command that prints line by line is handed its two outputs. */
export interface Lines {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/** What goes to stderr says on each of its lines who speaks, as other programs do. */
export function linesOf({ stdout, stderr }: Pick<Terminal, 'stdout' | 'stderr'>): Lines {
  return {
    out: (line) => void stdout.write(`${line}\n`),
    err: (text) => void stderr.write(text.replaceAll(/^/gm, 'earshot: ').concat('\n')),
  };
}

/** Shows how far long work has come: one line that is rewritten on a terminal, a plain line now and then elsewhere. */
export interface Progress {
  show(line: string): void;
  /** Ends the line, so that what is printed next starts on a fresh one. */
  done(line: string): void;
}

/** Elsewhere than on a terminal, not more often than this. */
const PLAIN_EVERY_MS = 2_000;

export function createProgress({ stderr }: Pick<Terminal, 'stderr'>, now: () => number = Date.now): Progress {
  let lastShown = 0;
  const clear = stderr.isTTY ? '\r\u001b[2K' : '';
  return {
    show(line) {
      if (!stderr.isTTY && now() - lastShown < PLAIN_EVERY_MS) return;
      lastShown = now();
      stderr.write(stderr.isTTY ? `${clear}${line}` : `${line}\n`);
    },
    done(line) {
      stderr.write(`${clear}${line}\n`);
    },
  };
}

/** Where a one-shot command's log goes quiet unless somebody asks for it; its own words are on stdout and stderr. */
export function quietEnv(env: ProcessEnv): ProcessEnv {
  return { ...env, LOG_LEVEL: env.LOG_LEVEL || 'warn' };
}
