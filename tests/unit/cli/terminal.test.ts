import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createProgress, linesOf, quietEnv } from '../../../src/cli/terminal.ts';

function sink(isTTY = false): {
  readonly stream: Writable & { isTTY: boolean };
  readonly text: () => string;
} {
  let written = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY }), text: () => written };
}

describe('lines', () => {
  it('go out as they are, and say on stderr who speaks', () => {
    const [stdout, stderr] = [sink(), sink()];
    const { out, err } = linesOf({ stdout: stdout.stream, stderr: stderr.stream });

    out('3 rows');
    err('a.yaml:1:1: is empty\na.yaml:2:1: is odd');

    expect(stdout.text()).toBe('3 rows\n');
    expect(stderr.text()).toBe('earshot: a.yaml:1:1: is empty\nearshot: a.yaml:2:1: is odd\n');
  });
});

describe('progress', () => {
  it('rewrites one line on a terminal', () => {
    const stderr = sink(true);
    const progress = createProgress({ stderr: stderr.stream }, () => 0);

    progress.show('1 row');
    progress.show('2 rows');
    progress.done('all read');

    expect(stderr.text().split('\r\u001b[2K')).toEqual(['', '1 row', '2 rows', 'all read\n']);
  });

  it('prints a plain line elsewhere, not more often than every two seconds, and always the last', () => {
    const stderr = sink();
    let now = 10_000;
    const progress = createProgress({ stderr: stderr.stream }, () => now);

    for (const [seconds, line] of [
      [0, 'a'],
      [1, 'b'],
      [2, 'c'],
      [3.9, 'd'],
    ] as const) {
      now = 10_000 + seconds * 1000;
      progress.show(line);
    }
    progress.done('all read');

    expect(stderr.text()).toBe('a\nc\nall read\n');
  });
});

describe('the log of a one-shot command', () => {
  it.each([
    [{}, 'warn'],
    [{ LOG_LEVEL: '' }, 'warn'],
    [{ LOG_LEVEL: 'debug' }, 'debug'],
  ])('%j is at %s', (env, level) => {
    expect(quietEnv(env)).toEqual({ LOG_LEVEL: level });
  });
});
