import { stripVTControlCharacters } from 'node:util';

/** C0 and C1 controls, lone surrogates, and the marks that turn the reading direction or hide between letters. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]+/gu;

/**
 * Makes foreign words safe to print on a terminal, in one line: escape sequences, control characters and direction marks
 * are dropped, and every run of white space or line ends becomes one blank. Letters and emoji stay as they are.
 */
export function printable(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\s+/gu, ' ')
    .replace(UNPRINTABLE, '')
    .replace(/ +/gu, ' ')
    .trim();
}

/** As {@link printable}, but white space and line ends stay as they were written. */
export function printableLines(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.replaceAll('\t', ' ').replace(UNPRINTABLE, ''))
    .join('\n');
}
