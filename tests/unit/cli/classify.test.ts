import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classifyCommand } from '../../../src/cli/classify.ts';
import { evaluateCommand } from '../../../src/cli/evaluate.ts';
import type { Terminal } from '../../../src/cli/terminal.ts';

interface Answer {
  readonly id?: string | number;
  readonly line?: number;
  readonly error?: string;
  readonly polarity?: string;
  readonly opinions?: readonly { readonly text: string; readonly start: number; readonly end: number }[];
}

function createTerminal(stdin: Readable = Readable.from([])): Terminal & { out(): string; err(): string } {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const written: Record<'out' | 'err', string> = { out: '', err: '' };
  stdout.on('data', (chunk: Buffer) => {
    written.out += chunk.toString();
  });
  stderr.on('data', (chunk: Buffer) => {
    written.err += chunk.toString();
  });
  return { stdin, stdout, stderr, env: {}, out: () => written.out, err: () => written.err };
}

function answersOf(output: string): Answer[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Answer => JSON.parse(line));
}

async function classify(
  input: string | Buffer | Readable,
  flags: { kind?: string } = {},
): Promise<{ code: number; answers: Answer[] }> {
  const terminal = createTerminal(input instanceof Readable ? input : Readable.from([Buffer.from(input)]));
  const code = await classifyCommand('-', flags, terminal);
  return { code, answers: answersOf(terminal.out()) };
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-classify-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('classify', () => {
  it('gives a line for a line, in order, with ids as they came', async () => {
    const lines = Array.from({ length: 700 }, (_, at) =>
      JSON.stringify(at % 2 === 0 ? { id: `n${at}`, text: 'The app is great' } : { id: at, text: 'ok' }),
    );
    const { code, answers } = await classify(lines.join('\n'));
    expect(code).toBe(0);
    expect(answers.map(({ id }) => id)).toEqual(lines.map((_, at) => (at % 2 === 0 ? `n${at}` : at)));
  });

  it('writes the documented keys and exact spans', async () => {
    const text = 'They love it, but the sales team is rude';
    const { answers } = await classify(`${JSON.stringify({ text })}\n`);
    expect(Object.keys(answers[0] ?? {})).toEqual([
      'lang',
      'spam',
      'polarity',
      'score',
      'intents',
      'urgency',
      'opinions',
    ]);
    for (const opinion of answers[0]?.opinions ?? [])
      expect(opinion.text).toBe(text.slice(opinion.start, opinion.end));
  });

  it('puts an error in the place of a line that cannot be read, goes on, and fails', async () => {
    const good = Buffer.from('{"text":"fine"}\n');
    const input = Buffer.concat([
      good,
      Buffer.from('not json\n[]\n{"text":5}\n\n'),
      Buffer.from([0x7b, 0xff, 0x7d, 0x0a]),
      Buffer.from('{"text":"a\0b"}\n'),
      good,
    ]);
    const { code, answers } = await classify(input);
    expect(code).toBe(1);
    expect(answers.map(({ line, error }) => (error === undefined ? 'ok' : line))).toEqual([
      'ok',
      2,
      3,
      4,
      5,
      6,
      7,
      'ok',
    ]);
    expect(answers[5]?.error).toBe('line 6 is not valid UTF-8');
    expect(answers[3]?.error).toContain('line 4, text');
  });

  it('quotes no text of the line in its error', async () => {
    const { answers } = await classify('my secret diary\n');
    expect(answers[0]?.error).not.toContain('secret');
  });

  it('refuses a line of 50 MB and goes on', async () => {
    async function* huge(): AsyncGenerator<Buffer> {
      const piece = Buffer.alloc(1024 * 1024, 'x');
      for (let at = 0; at < 50; at += 1) yield piece;
      yield Buffer.from('\n{"id":"next","text":"fine"}\n');
    }
    const { code, answers } = await classify(Readable.from(huge()));
    expect(code).toBe(1);
    expect(answers).toMatchObject([
      { line: 1, error: expect.stringContaining('longer than') },
      { id: 'next' },
    ]);
  });

  it('reads a text of a million characters', async () => {
    const { code, answers } = await classify(JSON.stringify({ text: 'a'.repeat(1_000_000) }));
    expect([code, answers.length]).toEqual([0, 1]);
  });

  it('keeps lone surrogates exact', async () => {
    const { answers } = await classify('{"text":"\\ud800 the app is great \\udfff"}');
    expect(answers[0]?.opinions?.[0]?.text).toContain('the app is great');
  });

  it('answers a line before the next one comes', async () => {
    const stdin = new PassThrough();
    const terminal = createTerminal(stdin);
    const done = classifyCommand('-', {}, terminal);
    stdin.write('{"id":1,"text":"great"}\n');
    await new Promise<void>((resolve) => terminal.stdout.once('data', () => resolve()));
    expect(answersOf(terminal.out())).toMatchObject([{ id: 1 }]);
    stdin.end('{"id":2,"text":"great"}\n');
    expect(await done).toBe(0);
    expect(answersOf(terminal.out())).toHaveLength(2);
  });

  it('ends quietly when its reader goes', async () => {
    const stdout = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      },
    });
    stdout.on('error', () => undefined);
    const lines = '{"text":"fine"}\n'.repeat(2_000);
    const code = await classifyCommand('-', {}, { ...createTerminal(Readable.from([lines])), stdout });
    expect(code).toBe(0);
  });

  it.each([
    { path: 'absent.jsonl', flags: {}, kind: 'not-found' },
    { path: '.', flags: {}, kind: 'invalid-input' },
    { path: '-', flags: { kind: 'poem' }, kind: 'invalid-input' },
  ])('says what is wrong with $path $flags', async ({ path, flags, kind }) => {
    await expect(
      classifyCommand(path === '-' ? path : join(folder, path), flags, createTerminal()),
    ).rejects.toMatchObject({ kind });
  });

  it('reads a text as the kind it is told', async () => {
    const text = 'The app is slow.\n> our service is great';
    const post = await classify(JSON.stringify({ text }), { kind: 'post' });
    const mail = await classify(JSON.stringify({ text }), { kind: 'mail' });
    expect(post.answers[0]?.opinions).toHaveLength(2);
    expect(mail.answers[0]?.opinions).toHaveLength(1);
  });
});

describe('evaluate', () => {
  const labelled = [
    {
      text: 'The app is great',
      aspects: [{ aspect: 'product', polarity: 'positive' }],
      polarity: 'positive',
    },
    { text: 'The staff was rude', aspects: [{ aspect: 'service' }], spam: false, extra: 1 },
    { text: 'How much is it?', intents: ['question'] },
  ];

  it('measures each kind of label over the texts that carry it', async () => {
    const path = join(folder, 'labelled.jsonl');
    await writeFile(path, labelled.map((line) => JSON.stringify(line)).join('\n'));
    const terminal = createTerminal();
    expect(await evaluateCommand(path, { json: true }, terminal)).toBe(0);
    expect(JSON.parse(terminal.out())).toMatchObject({
      texts: 3,
      errors: 0,
      aspects: { texts: 2, macro_f1: 1, exact: 1 },
      aspect_polarity: { texts: 1, exact: 1 },
      polarity: { texts: 1, exact: 1 },
      intents: { texts: 1 },
      spam: { texts: 1 },
    });
  });

  it('shows what is simpler beside ours, with intervals, for each kind of label it tells', async () => {
    const path = join(folder, 'compared.jsonl');
    await writeFile(path, labelled.map((line) => JSON.stringify(line)).join('\n'));
    const terminal = createTerminal();
    await evaluateCommand(path, { json: true }, terminal);
    const { compared } = JSON.parse(terminal.out());
    expect(Object.keys(compared)).toEqual(['earshot', 'majority', 'keyword', 'bayes', 'vader']);
    for (const name of ['earshot', 'majority', 'keyword', 'bayes', 'vader']) {
      const [low, high] = compared[name].polarity.interval;
      expect(low).toBeLessThanOrEqual(compared[name].polarity.macro_f1);
      expect(high).toBeGreaterThanOrEqual(compared[name].polarity.macro_f1);
    }
    expect(compared.vader).toMatchObject({ aspects: null, intents: null, spam: null });
    expect(compared.bayes).toMatchObject({ aspects: { texts: 2 }, intents: { texts: 1 } });
    const printed = createTerminal();
    await evaluateCommand(path, {}, printed);
    expect(printed.out()).toMatch(/vader +\S+ % +\S+ % to \S+ %/);
  });

  it('prints a table, and fails when a line could not be read', async () => {
    const path = join(folder, 'broken.jsonl');
    await writeFile(path, `${JSON.stringify(labelled[0])}\nnot json\n`);
    const terminal = createTerminal();
    expect(await evaluateCommand(path, {}, terminal)).toBe(1);
    expect(terminal.out()).toMatch(/1 texts, 1 errors, \d+ texts\/s/);
    expect(terminal.out()).toMatch(/product +100\.0 % +100\.0 % +100\.0 % +1\n/);
    expect(terminal.err()).toContain('line 2 is not JSON');
  });

  it('refuses a file without a readable text', async () => {
    const path = join(folder, 'empty.jsonl');
    await writeFile(path, '');
    await expect(evaluateCommand(path, {}, createTerminal())).rejects.toMatchObject({
      kind: 'invalid-input',
    });
  });
});
