import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FREE_MAIL_DOMAINS, isFreeMail } from '../../../src/domain/free-mail.ts';
import { readDomain, readHandle, readList, readRevenue } from '../../../src/pipeline/accounts-cells.ts';

describe('readList', () => {
  it.each(['a.example;b.example', 'a.example, b.example', 'a.example b.example', ' a.example ;, b.example;'])(
    'splits %j',
    (cell) => {
      expect(readList(cell)).toEqual(['a.example', 'b.example']);
    },
  );
});

describe('readDomain', () => {
  it.each([
    ['Acme.Example', 'acme.example'],
    ['https://www.acme.example/about?x=1', 'acme.example'],
    ['@acme.example', 'acme.example'],
    ['jo@mail.acme.example', 'mail.acme.example'],
    ['acme.co.uk', 'acme.co.uk'],
    ['müller.de', 'xn--mller-kva.de'],
    ['acme.example:8080', 'acme.example'],
  ])('reads %s as %s', (entry, value) => {
    expect(readDomain(entry)).toEqual({ value });
  });

  it.each([
    ['gmail.com', 'free-mail'],
    ['jo@GMX.de', 'free-mail'],
    ['mail.yahoo.co.uk', 'free-mail'],
    ['co.uk', 'suffix'],
    ['com', 'no domain'],
    ['github.io', 'suffix'],
    ['10.0.0.1', 'no domain'],
    ['acme', 'no domain'],
    ['acme..example', 'no domain'],
  ])('refuses %s as %s', (entry, words) => {
    expect(readDomain(entry)).toEqual({ fault: expect.stringContaining(words) });
  });
});

describe('free mail', () => {
  it('knows the large providers and what is under them, and takes no company for one', () => {
    expect(FREE_MAIL_DOMAINS.size).toBeGreaterThan(200);
    for (const domain of [
      'gmail.com',
      'outlook.com',
      'yahoo.com',
      'gmx.net',
      'web.de',
      'icloud.com',
      'proton.me',
      'eu.gmail.com',
    ]) {
      expect(isFreeMail(domain), domain).toBe(true);
    }
    for (const domain of ['acme.example', 'notgmail.com', 'gmail.com.acme.example'])
      expect(isFreeMail(domain), domain).toBe(false);
  });
});

describe('readHandle', () => {
  it.each([
    ['@Acme_Help', 'acme_help'],
    ['acme', 'acme'],
    ['https://x.com/Acme?lang=en', 'acme'],
    ['@acme@mastodon.example', 'acme@mastodon.example'],
  ])('reads %s as %s', (entry, value) => {
    expect(readHandle(entry)).toEqual({ value });
  });

  it.each(['@', 'a|b', 'https://x.com/<script>'])('refuses %s', (entry) => {
    expect(readHandle(entry)).toHaveProperty('fault');
  });
});

describe('readRevenue', () => {
  it.each([
    ['1200000', 1_200_000, ''],
    ['1,200,000', 1_200_000, ''],
    ['1.200.000', 1_200_000, ''],
    ["1'200'000", 1_200_000, ''],
    ['1 200 000 EUR', 1_200_000, 'EUR'],
    ['1.2M', 1_200_000, ''],
    ['1,2 Mio. €', 1_200_000, 'EUR'],
    ['€ 350k', 350_000, 'EUR'],
    ['$350K', 350_000, 'USD'],
    ['US$ 2bn', 2_000_000_000, 'USD'],
    ['1,200', 1_200, ''],
    ['1.200', 1_200, ''],
    ['1.200M', 1_200_000, ''],
    ['1,234,567.89', 1_234_567.89, ''],
    ['1.234.567,89', 1_234_567.89, ''],
    ['12.5', 12.5, ''],
    ['0', 0, ''],
    ['', null, ''],
    ['-', null, ''],
    ['n/a', null, ''],
  ])('reads %j as %j %s', (cell, amount, currency) => {
    expect(readRevenue(cell)).toEqual({ value: { amount, currency } });
  });

  it.each(['lots', '-5', '1,2,3', '1.2.3,4', '12..5', '1,', '€5$', '9'.repeat(20), '1.23.456,7'])(
    'refuses %j',
    (cell) => {
      expect(readRevenue(cell)).toEqual({ fault: expect.stringContaining('1.2M') });
    },
  );

  it('reads back every whole amount, plain or grouped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (amount) => {
        for (const cell of [String(amount), amount.toLocaleString('en'), amount.toLocaleString('de')]) {
          expect(readRevenue(cell)).toEqual({ value: { amount, currency: '' } });
        }
      }),
    );
  });
});
