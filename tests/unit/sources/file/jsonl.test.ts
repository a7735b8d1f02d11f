import { describe, expect, it } from 'vitest';
import { tempFolder } from './temp-file.ts';

const temp = tempFolder();
const DAY = '2026-03-30T10:00:00Z';
const FINE = JSON.stringify({ id: 'fine', text: 'fine', occurred_at: DAY });

describe('reading JSON lines', () => {
  it('reads the shape that the intake API takes', async () => {
    const line = JSON.stringify({
      id: 'm-1',
      text: 'Great dashboard',
      author: { handle: '@anna', name: 'Anna', email: 'Anna@Acme.example' },
      url: 'https://acme.example/1',
      occurred_at: DAY,
      lang: 'en',
      thread: 't-1',
      reach: 12,
    });

    const { mentions } = await temp.read('intake.jsonl', `${line}\n`);

    expect(mentions).toEqual([
      {
        platform: 'import',
        externalId: 'm-1',
        kind: 'post',
        text: 'Great dashboard',
        author: { handle: 'anna', name: 'Anna', email: 'anna@acme.example' },
        occurredAt: new Date(DAY),
        url: 'https://acme.example/1',
        lang: 'en',
        thread: 't-1',
        reach: 12,
      },
    ]);
  });

  it('lets each line say platform, kind and whether we spoke, and an option overrule it', async () => {
    const line = `${JSON.stringify({ id: 1, text: 'Hello', date: DAY, platform: 'x', kind: 'review', ours: true })}\n`;

    const told = await temp.read('told.jsonl', line);
    const overruled = await temp.read('told.jsonl', line, { platform: 'forum', channel: 'post' });

    expect(told.mentions[0]).toMatchObject({ platform: 'x', kind: 'review', ours: true });
    expect(overruled.mentions[0]).toMatchObject({ platform: 'forum', kind: 'post' });
  });

  it('lets lines differ in their keys', async () => {
    const lines = [
      { id: 1, body: 'one', author: 'anna@acme.example', created_at: 1774864800 },
      { uuid: 'u2', text: 'two', from: 'Ben', date: '2026-03-30' },
    ];

    const { mentions } = await temp.read(
      'mixed.jsonl',
      lines.map((line) => JSON.stringify(line)).join('\r\n'),
    );

    expect(mentions.map(({ externalId, author, text }) => [externalId, author, text])).toEqual([
      ['1', { email: 'anna@acme.example' }, 'one'],
      ['u2', { name: 'Ben' }, 'two'],
    ]);
  });

  it('keeps all digits of ids that are written as numbers', async () => {
    const line = `{"text":"the \\"id\\": 57030787689762816999 is a fake","id": 57030787689762816001,"date":"${DAY}"}`;

    const { mentions } = await temp.read('digits.jsonl', line);

    expect(mentions[0]?.externalId).toBe('57030787689762816001');
  });

  it('takes the keys that `map` names, also where a line lacks them', async () => {
    const lines = [`{"comment":"mapped","text":"not this","date":"${DAY}"}`, FINE].join('\n');

    const { mentions } = await temp.read('map.jsonl', lines, { map: { text: 'comment' } });

    expect(mentions.map(({ text }) => text)).toEqual(['mapped', 'fine']);
  });

  it('drops NUL and lone surrogates that escapes smuggle in', async () => {
    const { mentions } = await temp.read(
      'escapes.jsonl',
      `{"id":"a","text":"one\\u0000two\\ud800","date":"${DAY}"}`,
    );

    expect(mentions[0]?.text).toBe('onetwo\uFFFD');
  });

  it.each([
    ['broken JSON', '{"text": "a', 'not JSON'],
    ['an array', '[1]', 'not a JSON object'],
    ['a number', '42', 'not a JSON object'],
    ['no text', `{"date":"${DAY}"}`, 'the text is empty'],
    ['a NUL byte', `{"text":"a\0","date":"${DAY}"}`, 'NUL'],
    ['a prototype for a key', `{"__proto__":{"text":"x"},"date":"${DAY}"}`, 'the text is empty'],
    ['deep nesting', `{"text":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'text is empty'],
    ['a line of 2 MB', `{"text":"${'x'.repeat(2_000_000)}"}`, 'longer than 1 MB'],
  ])('rejects %s with its line number and goes on', async (_what, line, reason) => {
    const { mentions, rejected } = await temp.read('bad.jsonl', `${FINE}\n${line}\n\n${FINE}\n`);

    expect(mentions).toHaveLength(2);
    expect(rejected).toEqual([{ where: 'line 2', reason: expect.stringContaining(reason) }]);
  });
});
