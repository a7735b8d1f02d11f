import {
  IBAN_FORM,
  isBrazilianCpf,
  isDutchBsn,
  isFrenchNir,
  isGermanCard,
  isGermanTaxId,
  isIban,
  isSpanishId,
  passesLuhn,
} from './checksums.ts';

export type PiiKind = 'mail' | 'phone' | 'card' | 'iban' | 'id';

/** Where something stands that tells who a person is or where their money lies; UTF-16 offsets, `end` exclusive. */
export interface Pii {
  readonly kind: PiiKind;
  readonly start: number;
  readonly end: number;
}

interface Rule {
  readonly kind: PiiKind;
  readonly pattern: RegExp;
  /** Its checksum or form holds. */
  readonly fits?: (text: string) => boolean;
  /** What must stand before it, where the number alone could be an order's. */
  readonly after?: RegExp;
}

/** How much before a number is looked at for the word that says what it is. */
const REACH = 32;
const START = String.raw`(?<![\p{L}\p{N}_#/=&.,€$£-])`;
const END = String.raw`(?![\p{L}\p{N}_]|[.,:/-]\p{N}|%|\s?[€$£])`;
const number = (body: string): RegExp => new RegExp(`${START}(?:${body})${END}`, 'giu');

const CARD =
  /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|35\d{14}|6(?:011|5\d\d)\d{12})$/;
const NOT_OWN =
  /(?:order|ref(?:erence)?|tracking|ticket|invoice|booking|parcel|shipment|serial|imei|pedido|commande|bestell\w*|rechnung\w*|auftrag\w*|sendung\w*|bestelling|factuur|facture|factura|fatura|version|model|item|article|artikel|sku|isbn|ean)\b[\s:#.º°-]*(?:(?:number|no|nr|num|id|is|número|numéro|nummer|n)\b[\s:#.º°-]*){0,2}$/iu;
const CALL =
  /(?:phone|tel|telephone|telefon\w*|teléfono|téléphone|telefone|telefoon|mobile|mobil|móvil|portable|handy|celular|cell|whats ?app|sms|text me|call me|call|reach me|ring me|fax|numéro|llám\w*|ligue|appel\w*|bel|anrufen|rufen)\b[^\p{N}\n]{0,24}$/iu;
const ofId = (words: string): RegExp => new RegExp(String.raw`(?:${words})[^\p{N}\n]{0,16}$`, 'iu');

/** In the order in which they are looked for: what is surest comes first, and what it took is nothing else. */
const RULES: readonly Rule[] = [
  { kind: 'mail', pattern: /[\p{L}\p{N}._%+'-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/giu },
  { kind: 'iban', pattern: number(IBAN_FORM), fits: isIban },
  { kind: 'card', pattern: number(String.raw`\d(?:[ -]?\d){12,18}`), fits: isCard },
  {
    kind: 'id',
    pattern: number(
      String.raw`[12][ .]?\d\d[ .]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .]?(?:\d\d|2[AB])[ .]?\d{3}[ .]?\d{3}[ .-]?\d\d`,
    ),
    fits: isFrenchNir,
  },
  { kind: 'id', pattern: number(String.raw`\d{3}\.\d{3}\.\d{3}-\d\d`), fits: isBrazilianCpf },
  { kind: 'id', pattern: number(String.raw`\d{11}`), fits: isBrazilianCpf, after: ofId(String.raw`\bcpf`) },
  { kind: 'id', pattern: number(String.raw`(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}`) },
  {
    kind: 'id',
    pattern: number(String.raw`(?!000|666|9)\d{3} ?(?!00)\d\d ?(?!0000)\d{4}`),
    after: ofId(String.raw`\bssn|social security`),
  },
  {
    kind: 'id',
    pattern: number(
      String.raw`(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]`,
    ),
  },
  {
    kind: 'id',
    pattern: number(String.raw`(?:\d{8}|\d\d\.\d{3}\.\d{3}|[XYZ][ -]?\d{7})[ -]?[A-HJ-NP-TV-Z]`),
    fits: isSpanishId,
  },
  {
    kind: 'id',
    pattern: number(String.raw`\d{4}[. ]?\d\d[. ]?\d{3}`),
    fits: isDutchBsn,
    after: ofId('bsn|burgerservice|sofi'),
  },
  {
    kind: 'id',
    pattern: number(String.raw`\d\d ?\d{3} ?\d{3} ?\d{3}`),
    fits: isGermanTaxId,
    after: ofId(String.raw`steuer|idnr|tin\b|tax.id`),
  },
  {
    kind: 'id',
    pattern: number(String.raw`[CFGHJK-NPRTV-Z][CFGHJK-NPRTV-Z0-9]{8}\d`),
    fits: isGermanCard,
    after: ofId('ausweis|identity card|id card|perso'),
  },
  {
    kind: 'phone',
    pattern: new RegExp(
      String.raw`(?:(?<![\p{L}\p{N}_])\+|(?<![\p{L}\p{N}_#/.,-]|\d )00(?=[1-9]))\d{1,3}(?:[ ./-]{0,2}\(?\d{1,5}\)?){2,6}(?![\p{L}\p{N}_])`,
      'giu',
    ),
    fits: (text) => hasDigits(text, 8, 15),
  },
  {
    kind: 'phone',
    pattern: number(String.raw`(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d([ .-]))[2-9]\d\d[ .-]\d{4}`),
  },
  {
    kind: 'phone',
    pattern: number(String.raw`(?<!\d )\(?0[1-9]\d{0,3}\)?(?:[ /-]\d{2,8}){1,4}|0\d(?:[ .]\d\d){4}`),
    fits: (text) => hasDigits(text, 9, 12) && !isDate(text),
  },
  { kind: 'phone', pattern: number(String.raw`\(\d\d\) ?9?\d{4}-\d{4}`) },
  { kind: 'phone', pattern: number(String.raw`[6-9]\d\d(?: \d{3}){2}|[6-9]\d\d(?: \d\d){3}`) },
  {
    kind: 'phone',
    pattern: number(String.raw`\d(?:[ .-]?\d){6,13}`),
    after: CALL,
    fits: (text) => !isDate(text),
  },
];

/** A link's own digits are an address on the web; a mail address in it is still one. */
const LINK = /(?:https?:\/\/|www\.)[^\s<>"|]+/giu;

/** Finds what to mask, in order and without overlap. What only looks like it (orders, prices, dates, versions) is left. Pure. */
export function findPii(text: string): Pii[] {
  if (!/[@\d]/.test(text)) return [];
  const found: Pii[] = [];
  const links = [...text.matchAll(LINK)].map(({ index, 0: link }) => ({
    start: index,
    end: index + link.length,
  }));
  for (const { kind, pattern, fits, after } of RULES) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      const before = text.slice(Math.max(0, start - REACH), start);
      const isTaken = [...found, ...(kind === 'mail' ? [] : links)].some(
        (one) => one.start < end && start < one.end,
      );
      const isOrder = kind !== 'mail' && kind !== 'iban' && NOT_OWN.test(before);
      if (isTaken || isOrder || fits?.(match[0]) === false || after?.test(before) === false) continue;
      found.push({ kind, start, end });
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

/** The text with `[mail]`, `[phone]`, `[card]`, `[iban]` or `[id]` in the place of each; never longer than it was. */
export function maskPii(text: string): string {
  return findPii(text)
    .toReversed()
    .reduce((masked, { kind, start, end }) => `${masked.slice(0, start)}[${kind}]${masked.slice(end)}`, text);
}

function isCard(text: string): boolean {
  return CARD.test(text.replaceAll(/[ -]/g, '')) && passesLuhn(text);
}

function hasDigits(text: string, fewest: number, most: number): boolean {
  const { length } = text.replaceAll(/\D/g, '');
  return length >= fewest && length <= most;
}

function isDate(text: string): boolean {
  return /^(?:(?:19|20)\d\d[ ./-]?[01]?\d[ ./-]?[0-3]?\d|[0-3]?\d[ ./-][01]?\d[ ./-](?:19|20)?\d\d)$/.test(
    text,
  );
}
