import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/analysis/engine.ts';
import { tellKind } from '../../../src/analysis/text/kind.ts';
import { VISIBLE_LIMIT, visibleRanges } from '../../../src/analysis/text/mail-cleaner.ts';

const engine = createEngine([]);

function visible(text: string): string {
  return visibleRanges(text, 'mail')
    .map(({ start, end }) => text.slice(start, end))
    .join('')
    .trim();
}

describe('mail cleaner', () => {
  it.each([
    { name: 'greeting', text: 'Dear Customer Support,\n\nThe app is slow.', seen: 'The app is slow.' },
    {
      name: 'greeting in the sentence',
      text: 'Hi Anna, the app is slow.\nIt hangs.',
      seen: 'the app is slow.\nIt hangs.',
    },
    {
      name: 'signature',
      text: 'The app is slow.\n-- \nTom\nSales Director\nGreat Prices Ltd',
      seen: 'The app is slow.',
    },
    {
      name: 'closing',
      text: 'The app is slow.\n\nBest regards,\nTom\nHead of Support',
      seen: 'The app is slow.',
    },
    {
      name: 'signature without a closing',
      text: 'Sync\n\nThe app is slow.\n\nGareth Pell\nNetwork Maintenance Manager\nHollow Water\n\nHollow Water is a statutory undertaker.',
      seen: 'Sync\n\nThe app is slow.',
    },
    {
      name: 'signature of an unknown name',
      text: 'Sync\n\nThe app is slow.\n\nOine Wexcombe\nDepot Manager',
      seen: 'Sync\n\nThe app is slow.',
    },
    {
      name: 'a name that is somebody else in the middle',
      text: 'Help\n\nWho is\n\nGareth Pell\n\nand why does he ring me?',
      seen: 'Help\n\nWho is\n\nGareth Pell\n\nand why does he ring me?',
    },
    {
      name: 'capitals that are no signature',
      text: 'Sofa\n\nIt sags.\n\nPoor Quality\nThe frame broke after a week.',
      seen: 'Sofa\n\nIt sags.\n\nPoor Quality\nThe frame broke after a week.',
    },
    {
      name: 'greeting by title',
      text: 'Outage\n\nMr Stroud,\n\nThe app is slow.',
      seen: 'Outage\n\n\nThe app is slow.',
    },
    {
      name: 'German closing',
      text: 'Die App ist langsam.\n\nMit freundlichen Grüßen\nTom',
      seen: 'Die App ist langsam.',
    },
    { name: 'device footer', text: 'The app is slow.\n\nSent from my phone', seen: 'The app is slow.' },
    {
      name: 'quoted lines',
      text: 'The app is slow.\n\nOn Mon, 2 Mar 2026, Ann wrote:\n> our service is great\n> truly',
      seen: 'The app is slow.',
    },
    {
      name: 'answers between quotes',
      text: 'On Mon, 2 Mar 2026, Ann wrote:\n> how is it?\nSlow.\n> and the price?\nHigh.',
      seen: 'Slow.\nHigh.',
    },
    {
      name: 'intro over two lines',
      text: 'Slow.\nOn Monday the second of March\nAnn Ex <a@x.example> wrote:\nour service is great',
      seen: 'Slow.',
    },
    {
      name: 'Outlook reply',
      text: 'Slow.\n-----Original Message-----\nFrom: Ann\nour service is great',
      seen: 'Slow.',
    },
    { name: 'legal notice', text: 'Slow.\n\nCONFIDENTIALITY NOTICE: this mail is great', seen: 'Slow.' },
    { name: 'reply subject', text: 'Re: terrible service\n\nAll is fine now.', seen: 'All is fine now.' },
    {
      name: 'postscript',
      text: 'Slow.\nRegards,\nTom\nPS: support is great',
      seen: 'Slow.\nPS: support is great',
    },
    {
      name: 'forwarded message',
      text: 'FYI\n---------- Forwarded message ---------\nFrom: Ann\nSubject: Atlas\n\nHi Tom,\nWe love the app.\n',
      seen: 'FYI\n\nWe love the app.',
    },
  ])('leaves out what nobody wrote as an opinion: $name', ({ text, seen }) => {
    expect(visible(text)).toBe(seen);
  });

  it('keeps offsets into the raw text', () => {
    const text = 'Dear Support,\r\n\r\nthe delivery was late.\r\n\r\n> great service\r\n-- \r\nTom, Sales';
    const { opinions } = engine.analyse({ text });
    expect(opinions).toHaveLength(1);
    expect(opinions[0]).toMatchObject({
      aspect: 'service',
      polarity: 'negative',
      text: 'the delivery was late',
    });
    expect(text.slice(opinions[0]?.start, opinions[0]?.end)).toBe('the delivery was late');
  });

  it('never takes masked text into one opinion with what stands around it', () => {
    const { opinions } = engine.analyse({
      text: 'Hello,\nthe app is slow.\n> our wonderful support\nThe app is ugly.',
    });
    for (const { text } of opinions) expect(text).not.toContain('wonderful');
  });

  it('looks at the first 20,000 code units of what is visible', () => {
    const [range] = visibleRanges(`${'a'.repeat(VISIBLE_LIMIT - 1)}😀${'b'.repeat(50)}`, 'post');
    expect(range).toEqual({ start: 0, end: VISIBLE_LIMIT - 1 });
  });

  it.each([
    ['Hello team,\n\nplease call me.\n\nRegards,\nTom', 'mail'],
    ['@acme your app is down', 'post'],
    ['Five stars. '.padEnd(120, 'Lovely place. '), 'review'],
    ['short', 'post'],
  ])('tells how a text was written', (text, kind) => {
    expect(tellKind(text)).toBe(kind);
  });
});
