/** What a JSON text holds, to be parsed by a schema; undefined when it is not JSON. The parser's error would quote the text. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
