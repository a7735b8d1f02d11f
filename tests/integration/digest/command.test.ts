import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DigestAction, type DigestInput, digestCommand } from '../../../src/cli/digest.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { seedWorkspace } from '../../support/seed-workspace.ts';
import { digestDeps, EXECUTIVE, MORNING, SALES, SUNDAY } from './digest-fixture.ts';

describe('earshot digest', () => {
  let fresh: FreshDatabase;
  beforeEach(async () => {
    fresh = await freshDatabase();
    const opinions = [{ aspect: 'pricing', polarity: 'negative' as const }];
    await seedWorkspace(fresh.database, {
      mentions: [
        { text: 'The price per seat is a joke', at: '2026-11-22T12:00:00Z', author: 'ann', opinions },
        { text: 'Dear, but at least it is dear', at: '2026-11-23T06:00:00Z', author: 'bob', opinions },
      ],
    });
  });
  afterEach(() => fresh.close());

  const earshot = async (action: DigestAction, name: string, input: DigestInput = {}) => {
    const printed: string[] = [];
    const complained: string[] = [];
    const deps = {
      ...digestDeps(fresh.database, [EXECUTIVE, SALES]),
      clock: () => MORNING,
      out: (line: string) => void printed.push(line),
      err: (line: string) => void complained.push(line),
      pdf: async (html: string) => void printed.push(`PDF of ${html.slice(0, 15)}`),
    };
    const code = await digestCommand(action, name, input, deps);
    return { code, out: printed.join('\n'), err: complained.join('\n') };
  };
  const rows = async (): Promise<number> =>
    (
      await fresh.database.query<{ n: number }>(
        'SELECT (SELECT count(*) FROM digest_run)::int + (SELECT count(*) FROM delivery)::int AS n',
      )
    )[0]?.n ?? -1;

  it('previews today so far and writes nothing', async () => {
    const { code, out } = await earshot('preview', 'executive');

    expect(code).toBe(0);
    expect(out).toContain('Monday 23 November 2026 so far · Europe/London');
    expect(out).toContain('“Dear, but at least it is dear”');
    expect(await rows()).toBe(0);
  });

  it.each([
    ['text', /^EXECUTIVE DIGEST · Fernhill Software\nSunday 22 November 2026/],
    ['html', /^<!doctype html>/],
    ['slack', /^\{\n {2}"blocks": \[/],
    ['json', /"date": "2026-11-22"/],
    ['pdf', /^PDF of <!doctype html>$/],
  ])('previews a past day as %s', async (format, expected) => {
    const { code, out } = await earshot('preview', 'executive', { date: SUNDAY, format });

    expect(code).toBe(0);
    expect(out).toMatch(expected);
  });

  it('sends yesterday, then says that it was sent, then sends it again when asked', async () => {
    const first = await earshot('send', 'executive');
    const second = await earshot('send', 'executive');
    const third = await earshot('send', 'executive', { again: true });

    expect(first.out).toBe('executive of 2026-11-22: 2 messages on the way.');
    expect(second.out).toContain('--again sends the same content once more');
    expect(third.out).toContain('2 messages on the way again');
    expect([first.code, second.code, third.code]).toEqual([0, 0, 0]);
    expect(await rows()).toBe(5);
  });

  it('verifies what was sent', async () => {
    await earshot('send', 'executive');
    const before = await earshot('verify', 'executive', { date: SUNDAY });
    await fresh.database.execute(`UPDATE revision SET text = '', erased_at = now()`);
    const after = await earshot('verify', 'executive', { date: SUNDAY });

    expect(before).toEqual({ code: 0, out: 'executive of 2026-11-22: identical', err: '' });
    expect(after).toEqual({
      code: 0,
      out: 'executive of 2026-11-22: identical except erased (1 quote)',
      err: '',
    });
  });

  it('answers 1 when the figures differ', async () => {
    await earshot('send', 'executive');
    await fresh.database.execute(
      `UPDATE digest_run SET document = jsonb_set(document, '{total,messages}', '7')`,
    );

    const { code, out } = await earshot('verify', 'executive');

    expect(code).toBe(1);
    expect(out).toContain('total.messages: 7 then, 1 now');
  });

  it.each<[string, DigestAction, string, DigestInput, RegExp, number]>([
    [
      'an unknown digest',
      'preview',
      'executiv',
      {},
      /there are executive, sales\. Did you mean executive\?/,
      2,
    ],
    [
      'a date that is none',
      'preview',
      'executive',
      { date: '2026-02-30' },
      /--date "2026-02-30" is no date/,
      2,
    ],
    ['a date in another form', 'send', 'executive', { date: '22.11.2026' }, /write it as 2026-11-22/, 2],
    ['a day to come', 'preview', 'executive', { date: '2027-01-01' }, /has not begun in Europe\/London/, 2],
    ['a day that is not over', 'send', 'executive', { date: '2026-11-23' }, /is not over/, 2],
    [
      'an unknown format',
      'preview',
      'executive',
      { format: 'docx' },
      /--format must be one of text, html, slack, json, pdf/,
      2,
    ],
    [
      'a day that was never compiled',
      'verify',
      'executive',
      {},
      /No digest executive was compiled for 2026-11-22/,
      1,
    ],
  ])('refuses %s', async (_, action, name, input, message, code) => {
    const refused = await earshot(action, name, input);

    expect(refused.err).toMatch(message);
    expect(refused).toMatchObject({ code, out: '' });
    expect(await rows()).toBe(0);
  });
});
