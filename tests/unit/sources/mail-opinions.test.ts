import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/analysis/engine.ts';
import { readMail } from '../../../src/sources/read-mail.ts';
import { parserHere } from '../../support/parser-here.ts';

const engine = createEngine([]);
const NEW = 'The app is slow.';
const OLD = 'Our support is wonderful.';
const INTRO = 'On Mon, 30 Mar 2026 at 09:00, Support <support@firm.example> wrote:';

function raw(body: string | Buffer, type: string, subject = 'Re: Atlas', encoding = '8bit'): Buffer {
  const head = `From: anna@acme.example\r\nDate: Mon, 30 Mar 2026 10:00:00 +0000\r\nSubject: ${subject}\r\nMIME-Version: 1.0\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(body)]);
}

const plain = (body: string, subject?: string): Buffer => raw(body, 'text/plain; charset=utf-8', subject);
const html = (body: string, subject?: string): Buffer => raw(body, 'text/html; charset=utf-8', subject);

async function heard(mail: Buffer): Promise<{ text: string; opinions: readonly string[] }> {
  const context = {
    parser: parserHere,
    now: new Date('2026-04-01T12:00:00Z'),
    where: 'here',
    platform: 'email',
  };
  const reading = await readMail(mail, context);
  if (!('mention' in reading)) throw new Error(reading.rejected.reason);
  const { text } = reading.mention;
  const { opinions } = engine.analyse({ text, kind: 'mail' });
  return { text, opinions: opinions.map((opinion) => opinion.text) };
}

describe('a mail from its bytes to its opinions', () => {
  it.each([
    ['a plain reply on top', plain(`${NEW}\r\n\r\n${INTRO}\r\n> ${OLD}\r\n`)],
    ['a plain reply below', plain(`${INTRO}\r\n> ${OLD}\r\n\r\n${NEW}\r\n`)],
    [
      'a plain reply of Outlook',
      plain(`${NEW}\r\n\r\nFrom: Support\r\nSent: Monday\r\nTo: Anna\r\nSubject: Atlas\r\n\r\n${OLD}`),
    ],
    [
      'a reply of Outlook in HTML',
      html(
        `<p>${NEW}</p><div style="border-top:solid"><p><b>From:</b> Support &lt;s@firm.example&gt;<br><b>Sent:</b> Monday<br><b>To:</b> Anna<br><b>Subject:</b> Atlas</p></div><p>${OLD}</p>`,
      ),
    ],
    [
      'a reply of Outlook on the web',
      html(
        `<div>${NEW}</div><hr><div id="divRplyFwdMsg"><b>Von:</b> Support<br><b>Gesendet:</b> Montag<br><b>An:</b> Anna<br><b>Betreff:</b> Atlas</div><div>${OLD}</div>`,
      ),
    ],
    [
      'a reply of Gmail',
      html(
        `<div dir="ltr">${NEW}</div><br><div class="gmail_quote"><div class="gmail_attr">${INTRO.replace('<', '&lt;').replace('>', '&gt;')}<br></div><blockquote><div>${OLD}</div></blockquote></div>`,
      ),
    ],
    [
      'a reply of Apple Mail',
      html(
        `${NEW}<br><blockquote type="cite"><div>${INTRO.slice(0, 20)} wrote:</div><div>${OLD}</div></blockquote>`,
      ),
    ],
    [
      'a reply of Thunderbird below',
      html(
        `<div class="moz-cite-prefix">Am 30.03.26 um 09:00 schrieb Support:</div><blockquote type="cite">${OLD}</blockquote><p>${NEW}</p>`,
      ),
    ],
    [
      'a reply over a quote too large to lay out',
      html(
        `<p>${NEW}</p><div>${INTRO.slice(0, 30)} wrote:</div><blockquote>${`<p>${OLD}</p>`.repeat(6000)}</blockquote>`,
      ),
    ],
    ['a plain mail with a signature', plain(`${NEW}\r\n\r\n-- \r\nAnna Berg\r\n${OLD}\r\n`, 'Atlas')],
    [
      'a mail in HTML with a signature and a notice',
      html(
        `<p>${NEW}</p><p>Best regards,<br>Anna Berg<br>${OLD}</p><p>CONFIDENTIALITY NOTICE: ${OLD}</p>`,
        'Atlas',
      ),
    ],
  ])('keeps the whole text and counts only what was written now: %s', async (_what, mail) => {
    const { text, opinions } = await heard(mail);

    expect(text).toContain(NEW);
    expect(text).toContain(OLD);
    expect(opinions).toEqual([NEW.slice(0, -1)]);
  });

  it.each([
    [
      'with a line that says so',
      `FYI\r\n\r\n---------- Forwarded message ---------\r\nFrom: Ben\r\nSubject: Atlas\r\n\r\n${NEW}`,
      'Atlas',
    ],
    [
      'as Outlook does',
      `FYI\r\n\r\nFrom: Ben\r\nSent: Monday\r\nTo: Anna\r\nSubject: Atlas\r\n\r\n${NEW}`,
      'FW: Atlas',
    ],
  ])('counts what somebody passed on %s', async (_what, body, subject) => {
    expect((await heard(plain(body, subject))).opinions).toEqual([NEW.slice(0, -1)]);
  });

  it.each([
    ['UTF-8 as it is', 'utf-8', '8bit', Buffer.from('Die App ist langsam, schöne Grüße.')],
    [
      'Latin 1 in quoted-printable',
      'iso-8859-1',
      'quoted-printable',
      'Die App ist langsam, sch=F6ne Gr=FC=DFe.',
    ],
    ['Windows 1252', 'windows-1252', '8bit', Buffer.from('Die App ist langsam, schöne Grüße.', 'latin1')],
    [
      'UTF-8 in base64',
      'utf-8',
      'base64',
      Buffer.from('Die App ist langsam, schöne Grüße.').toString('base64'),
    ],
    [
      'UTF-16',
      'utf-16le',
      'base64',
      Buffer.from('Die App ist langsam, schöne Grüße.', 'utf16le').toString('base64'),
    ],
  ])('reads the words in %s', async (_what, charset, encoding, body) => {
    const { text, opinions } = await heard(raw(body, `text/plain; charset=${charset}`, 'Atlas', encoding));

    expect(text).toBe('Atlas\n\nDie App ist langsam, schöne Grüße.');
    expect(opinions.join()).toContain('Die App ist langsam');
  });
});
