/**
 * Makes a text from outside safe to store: Postgres refuses NUL in text and lone surrogates in JSON.
 * NUL is dropped, a lone surrogate becomes U+FFFD.
 */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
