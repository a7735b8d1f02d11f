import { domainToASCII } from 'node:url';
import { parse as parseHost } from 'tldts';
import { isFreeMail } from '../domain/free-mail.ts';

/** What a cell holds, or what is wrong with it and what to do. */
export type CellReading<T> = { readonly value: T } | { readonly fault: string };

/** The entries of a cell that lists several: separated by `;`, `,` or blanks. */
export function readList(cell: string): string[] {
  return cell.split(/[;,\s]+/u).filter((entry) => entry !== '');
}

const HOST_NAME = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;

/**
 * The mail domain meant by a domain, a web address or a mail address, in lower-case ASCII. A free-mail domain, an IP address
 * and a suffix under which anybody registers (`co.uk`) are faults: they would link strangers.
 */
export function readDomain(entry: string): CellReading<string> {
  const host = entry
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/[/?#].*$/, '')
    .replace(/^.*@/, '')
    .replace(/:\d+$/, '')
    .replace(/^www\./, '')
    .replace(/\.$/, '');
  const domain = domainToASCII(host);
  const { isIp, domain: registered } = parseHost(domain, { allowPrivateDomains: true });
  if (!HOST_NAME.test(domain) || isIp)
    return { fault: `"${entry}" is no domain; write it like acme.example` };
  if (isFreeMail(domain)) {
    return { fault: `"${domain}" is a free-mail domain that anybody can have; take it out or use handles` };
  }
  if (registered === null) {
    return {
      fault: `"${domain}" is a suffix that anybody can register under; write the client's own domain`,
    };
  }
  return { value: domain };
}

/** The handle meant by `@name`, `name` or the address of a profile, in lower case without the leading `@`. */
export function readHandle(entry: string): CellReading<string> {
  const isAddress = /^https?:\/\//i.test(entry);
  const path = isAddress
    ? (entry
        .replace(/[?#].*$/, '')
        .split('/')
        .filter(Boolean)
        .at(-1) ?? '')
    : entry;
  const handle = path.replace(/^@/, '').toLowerCase();
  return /^[\p{L}\p{N}_][\p{L}\p{N}_.@-]{0,99}$/u.test(handle)
    ? { value: handle }
    : { fault: `"${entry}" is no handle; write it like @acme` };
}

export interface Revenue {
  readonly amount: number | null;
  /** ISO code when the cell names a currency, or empty. */
  readonly currency: string;
}

const CURRENCY = String.raw`[a-z]{0,2}\p{Sc}|[a-z]{3}`;
const REVENUE = new RegExp(
  String.raw`^(?<before>${CURRENCY})?\s*(?<number>\d[\d.,'’\s]*)\s*(?<scale>thousand|tsd|million|mio|mn|mm|m|billion|bn|b|k)?\.?\s*(?<after>${CURRENCY})?$`,
  'iu',
);
const SIGNS: Readonly<Record<string, string>> = { '€': 'EUR', $: 'USD', US$: 'USD', '£': 'GBP', '¥': 'JPY' };
const SCALES: Readonly<Record<string, number>> = { k: 1e3, t: 1e3, m: 1e6, b: 1e9 };
/** What DECIMAL(18,2) holds exactly as a JavaScript number. */
const MOST_REVENUE = 1e13;

/** Reads `1,200,000`, `1.200.000`, `1.2M`, `€ 350k`, `350 000 EUR`. An empty cell, `-` and `n/a` are unknown. */
export function readRevenue(cell: string): CellReading<Revenue> {
  const text = cell.normalize('NFKC').trim();
  if (/^(?:|[-–—]|n\/?a)$/i.test(text)) return { value: { amount: null, currency: '' } };
  const { before, number = '', scale = '', after } = REVENUE.exec(text)?.groups ?? {};
  const factor = SCALES[scale.charAt(0).toLowerCase()] ?? 1;
  const plain = number === '' ? null : readNumber(number.replace(/['’\s]/gu, ''), scale !== '');
  if (plain === null || plain * factor > MOST_REVENUE || (before !== undefined && after !== undefined)) {
    return { fault: `"${cell}" is no yearly revenue; write it like 1200000, 1,200,000 or 1.2M` };
  }
  const sign = (before ?? after ?? '').toUpperCase();
  return { value: { amount: Math.round(plain * factor * 100) / 100, currency: SIGNS[sign] ?? sign } };
}

/**
 * A number as people of different countries group it. A single mark before exactly three digits groups thousands
 * (`1.200` is 1200) unless a scale follows (`1.200M` is 1.2 million); of two kinds of marks the last is the decimal one.
 */
function readNumber(text: string, hasScale: boolean): number | null {
  const marks = text.replace(/\d/g, '');
  const last = marks.at(-1) ?? '';
  const isGrouped = /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/.test(text);
  if (marks === '') return Number(text);
  if (isGrouped && (marks.length > 1 || (!hasScale && !text.startsWith('0'))))
    return Number(text.replace(/[.,]/g, ''));
  if (marks.length > 1 && !/^(?:,+\.|\.+,)$/.test(marks)) return null;
  const whole = text.slice(0, text.lastIndexOf(last));
  const fraction = text.slice(text.lastIndexOf(last) + 1);
  if (marks.length > 1 && !/^\d{1,3}(?:[.,]\d{3})+$/.test(whole)) return null;
  return fraction === '' ? null : Number(`${whole.replace(/[.,]/g, '')}.${fraction}`);
}
