import { afterEach, describe, expect, it } from 'vitest';
import { createMailParser, type MailParser } from '../../../../src/lib/mail/mail-parser.ts';

const HANGS = new URL('../../../fixtures/mail/hanging-parser.ts', import.meta.url);
const GOOD = Buffer.from('From: anna@acme.example\r\nSubject: Invoice\r\n\r\nToo high.\r\n');

let parser: MailParser;
afterEach(() => parser.close());

describe('taking mail apart in a thread', () => {
  it('gives what stands in a mail, also when it is part of a larger buffer', async () => {
    parser = createMailParser({ deadlineMs: 30_000 });
    const whole = Buffer.concat([Buffer.from('junk'), GOOD, Buffer.from('junk')]);

    const reading = await parser.parse(whole.subarray(4, -4));

    expect(reading).toMatchObject({ mail: { subject: 'Invoice', body: 'Too high.' } });
  });

  it('gives up a mail that blocks the thread and reads the next one', async () => {
    parser = createMailParser({ entry: HANGS, deadlineMs: 3000 });

    expect(await parser.parse(Buffer.from('hang'))).toEqual({
      refusal: 'the mail could not be taken apart within 3000 ms',
    });
    expect(await parser.parse(GOOD)).toMatchObject({ mail: { subject: 'Invoice' } });
  });

  it('gives up a mail that ends the thread and reads the next one', async () => {
    parser = createMailParser({ entry: HANGS, deadlineMs: 30_000 });

    expect(await parser.parse(Buffer.from('exit'))).toHaveProperty('refusal');
    expect(await parser.parse(GOOD)).toMatchObject({ mail: { subject: 'Invoice' } });
  });

  it('tells a mail it was closed over from one that is broken', async () => {
    parser = createMailParser({ entry: HANGS, deadlineMs: 50_000 });
    await parser.parse(GOOD);

    const pending = parser.parse(Buffer.from('hang')).catch((error: unknown) => error);
    await parser.close();

    expect(await pending).toMatchObject({ kind: 'unavailable' });
  });
});
