const digitsOf = (text: string): number[] => Array.from(text.replaceAll(/\D/g, ''), Number);
const weighed = (digits: readonly number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * (digits[at] ?? 0), 0);
const isRow = (digits: readonly number[]): boolean => new Set(digits).size === 1;

/** Luhn (ISO/IEC 7812-1): every second digit from the right doubled, the sum a multiple of ten. */
export function passesLuhn(text: string): boolean {
  const sum = digitsOf(text)
    .toReversed()
    .reduce((total, digit, at) => total + (at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2), 0);
  return sum % 10 === 0;
}

/** Length of an IBAN by country (SWIFT's registry); where there are none, there are no IBANs for us. */
const IBAN_LENGTH: Readonly<Record<string, number>> = {
  AD: 24,
  AT: 20,
  BE: 16,
  BG: 22,
  BR: 29,
  CH: 21,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  EE: 20,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IS: 26,
  IT: 27,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MC: 27,
  MT: 31,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  RO: 24,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  TR: 26,
};

/** What an IBAN of a listed country looks like, in one piece or in groups. */
export const IBAN_FORM = [...new Set(Object.values(IBAN_LENGTH))]
  .map((length) => {
    const countries = Object.keys(IBAN_LENGTH).filter((country) => IBAN_LENGTH[country] === length);
    return String.raw`(?:${countries.join('|')})\d\d(?:[ -]?[A-Z0-9]){${length - 4}}`;
  })
  .join('|');

/** ISO 13616: the first four characters moved to the end, letters as numbers from 10, the whole 1 modulo 97. */
export function isIban(text: string): boolean {
  const iban = text.replaceAll(/[\s.-]/g, '').toUpperCase();
  if (iban.length !== IBAN_LENGTH[iban.slice(0, 2)]) return false;
  const rest = Array.from(`${iban.slice(4)}${iban.slice(0, 4)}`).reduce(
    (carry, sign) => Number(`${carry}${Number.parseInt(sign, 36)}`) % 97,
    0,
  );
  return rest === 1;
}

/** Spanish DNI and NIE: the letter is that of the number modulo 23; X, Y, Z stand for 0, 1, 2. */
export function isSpanishId(text: string): boolean {
  const id = text.replaceAll(/[\s.-]/g, '').toUpperCase();
  const number = Number(id.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter))));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === id.at(-1);
}

/** Dutch BSN: nine digits weighed 9 to 2 and -1, the sum a multiple of 11. */
export function isDutchBsn(text: string): boolean {
  const digits = digitsOf(text);
  return digits.length === 9 && !isRow(digits) && weighed(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;
}

/** Brazilian CPF: two check digits, each the sum of those before weighed down to 2, times ten, modulo 11. */
export function isBrazilianCpf(text: string): boolean {
  const digits = digitsOf(text);
  if (digits.length !== 11 || isRow(digits)) return false;
  const check = (count: number): number =>
    ((weighed(
      digits,
      Array.from({ length: count }, (_, at) => count + 1 - at),
    ) *
      10) %
      11) %
    10;
  return check(9) === digits[9] && check(10) === digits[10];
}

/** French NIR: 13 signs and a key of 97 less their remainder by 97; Corsica's 2A and 2B count as 19 and 18. */
export function isFrenchNir(text: string): boolean {
  const nir = text
    .replaceAll(/[\s.-]/g, '')
    .toUpperCase()
    .replace('2A', '19')
    .replace('2B', '18');
  if (!/^[12]\d{14}$/.test(nir)) return false;
  return 97 - Number(BigInt(nir.slice(0, 13)) % 97n) === Number(nir.slice(13));
}

/** German tax id (ISO 7064, MOD 11,10) of eleven digits, not 0 first. */
export function isGermanTaxId(text: string): boolean {
  const digits = digitsOf(text);
  if (digits.length !== 11 || digits[0] === 0 || isRow(digits)) return false;
  const product = digits.slice(0, 10).reduce((carry, digit) => (((digit + carry) % 10 || 10) * 2) % 11, 10);
  return (11 - product) % 10 === digits[10];
}

/** German identity card: nine signs weighed 7, 3, 1 in turn, letters from 10; the last digit is the sum modulo 10. */
export function isGermanCard(text: string): boolean {
  const signs = Array.from(text.toUpperCase());
  const sum = signs
    .slice(0, 9)
    .reduce((total, sign, at) => total + Number.parseInt(sign, 36) * ([7, 3, 1][at % 3] ?? 0), 0);
  return signs.length === 10 && sum % 10 === Number(signs[9]);
}
