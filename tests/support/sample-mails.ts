/** A made-up mail and what has to come of it. */
export interface SampleMail {
  readonly raw: Buffer;
  /** Stands in its text or subject and in no other mail's. */
  readonly marker: string;
  readonly machineMail?: 'auto-reply' | 'bounce' | 'list' | 'loop';
  readonly isUnreadable?: boolean;
}

type Maker = (marker: string) => Omit<SampleMail, 'marker'>;
type Headers = Readonly<Record<string, string | null>>;

const TEXT = 'The app is slow and support never answers.';

function mail(marker: string, headers: Headers, body: string | Buffer): Buffer {
  const all: Headers = {
    'Return-Path': '<anna@acme.example>',
    Received: 'from mx.acme.example by mail.firm.example; Mon, 30 Mar 2026 10:00:01 +0000',
    From: 'Anna Berg <anna@acme.example>',
    To: 'support@firm.example',
    Date: 'Mon, 30 Mar 2026 10:00:00 +0000',
    'Message-ID': `<${marker}@acme.example>`,
    Subject: `About ${marker}`,
    'MIME-Version': '1.0',
    ...headers,
  };
  const lines = Object.entries(all).filter(([, value]) => value !== null);
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([Buffer.from(`${head}\r\n`), Buffer.from(body), Buffer.from('\r\n')]);
}

const typed = (type: string, encoding = '8bit'): Headers => ({
  'Content-Type': type,
  'Content-Transfer-Encoding': encoding,
});

const quoted = (text: string): string =>
  text
    .split('\r\n')
    .map((line) => `> ${line}\r\n`)
    .join('');

const ANSWERED = 'Dear Anna,\r\nour support is wonderful and the price is great.';
const INTRO = 'On Mon, 30 Mar 2026 at 09:00, Support <support@firm.example> wrote:';

const MAKERS: readonly Maker[] = [
  (marker) => ({ raw: mail(marker, typed('text/plain; charset=utf-8'), `${TEXT} Grüße, ${marker}`) }),
  (marker) => ({
    raw: mail(
      marker,
      typed('text/html; charset=utf-8'),
      `<p>${TEXT}</p><blockquote>${ANSWERED}</blockquote>`,
    ),
  }),
  (marker) => ({
    raw: mail(
      marker,
      { 'In-Reply-To': '<q@firm.example>' },
      `${TEXT}\r\n\r\n${INTRO}\r\n${quoted(ANSWERED)}`,
    ),
  }),
  (marker) => ({
    raw: mail(
      marker,
      { References: '<q@firm.example> <r@firm.example>' },
      `${INTRO}\r\n${quoted(ANSWERED)}\r\n${TEXT}`,
    ),
  }),
  (marker) => ({
    raw: mail(
      marker,
      { Subject: `Out of office: ${marker}`, 'Auto-Submitted': 'auto-replied' },
      'I am away until Monday.',
    ),
    machineMail: 'auto-reply',
  }),
  (marker) => ({
    raw: mail(
      marker,
      typed('multipart/mixed; boundary=part'),
      `--part\r\nContent-Type: text/plain\r\n\r\n${TEXT}\r\n--part\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n${'iVBORw0KGgo='.repeat(1000)}\r\n--part--`,
    ),
  }),
  (marker) => ({ raw: mail(marker, typed('multipart/mixed; boundary=part'), `--other\r\n\r\n${TEXT}`) }),
  (marker) => ({
    raw: mail(marker, typed('text/plain; charset=iso-8859-1', 'quoted-printable'), `${TEXT} Gr=FC=DFe`),
  }),
  (marker) => ({
    raw: mail(
      marker,
      typed('text/plain; charset=shift_jis', 'base64'),
      Buffer.from([0x83, 0x65, 0x83, 0x58, 0x83, 0x67]).toString('base64'),
    ),
  }),
  (marker) => ({
    raw: mail(
      marker,
      { ...typed('multipart/report; report-type=delivery-status; boundary=part'), 'Return-Path': '<>' },
      `--part\r\n\r\nNot delivered.\r\n--part--`,
    ),
    machineMail: 'bounce',
  }),
  (marker) => ({ raw: mail(marker, { 'List-Id': 'News <news.acme.example>' }, TEXT), machineMail: 'list' }),
  (marker) => ({ raw: mail(marker, { 'X-Big': 'a'.repeat(300_000) }, TEXT), isUnreadable: true }),
  (marker) => ({ raw: mail(marker, {}, `${TEXT}\0\0 and \uFFFD`) }),
  (marker) => ({ raw: mail(marker, { From: null }, TEXT), isUnreadable: true }),
  (marker) => ({ raw: mail(marker, { 'Message-ID': null }, `${TEXT} ${marker}`) }),
  (marker) => ({ raw: mail(marker, { 'Message-ID': '<same@acme.example>' }, `${TEXT} ${marker}`) }),
  (marker) => ({
    raw: mail(
      marker,
      { 'Message-ID': `<earshot.${marker}@firm.example>`, From: 'earshot@firm.example' },
      'Digest',
    ),
    machineMail: 'loop',
  }),
  (marker) => ({ raw: mail(marker, { Date: 'Fri, 01 Jan 2099 00:00:00 +0000' }, TEXT) }),
  (marker) => ({ raw: mail(marker, {}, `${'A long story. '.repeat(8000)}${TEXT}`) }),
  (marker) => ({ raw: mail(marker, typed('text/plain; charset=x-unknown', 'base64'), '%%% not base64 %%%') }),
];

/** So many mails of every kind that mailboxes hold: plain, HTML, quoted, out of office, attachments, broken, several charsets. */
export function sampleMails(count: number): SampleMail[] {
  return Array.from({ length: count }, (_, index) => {
    const marker = `m${String(index).padStart(4, '0')}x`;
    const make = MAKERS[index % MAKERS.length];
    if (make === undefined) throw new RangeError('there are no kinds of mail');
    return { marker, ...make(marker) };
  });
}
