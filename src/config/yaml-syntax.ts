import { type Document, LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { Faults } from './faults.ts';

/** A config of a large company has some thousand lines; this is far above, and far below what could stall a start. */
const LARGEST_CHARACTERS = 1024 * 1024;

const REMEDIES: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'a tab stands where spaces must; indent with spaces',
  BAD_INDENT:
    'the indentation does not fit the lines above, or a bracket is not closed; align it and close the bracket',
  MISSING_CHAR: 'a quote or bracket is not closed, or a ":" or "," is missing; add it',
  BLOCK_AS_IMPLICIT_KEY:
    'a second ": " stands on the line; put the value in quotes, or move it to the next line',
  BAD_SCALAR_START: 'the value begins with a character that YAML reserves; put the value in quotes',
  BAD_ALIAS: 'the name after * or & is not valid; use letters and digits',
  MULTIPLE_DOCS: 'a second document begins here ("---"); keep one document a file',
  MULTILINE_IMPLICIT_KEY: 'a key runs over several lines, perhaps its ":" is missing; write "key: value"',
  RESOURCE_EXHAUSTION: 'the nesting is too deep to read; flatten it',
  BAD_DQ_ESCAPE: 'the backslash starts no escape of YAML; double it, or use single quotes',
};

/** The syntax tree of a YAML text, and how to turn an offset into line and column. */
export interface YamlSyntax {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** Parses YAML 1.2. A text that is no YAML throws its syntax faults alone: what is behind them is guesswork. */
export function parseSyntax(text: string, faults: Faults): YamlSyntax {
  const lines = new LineCounter();
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (text.length > LARGEST_CHARACTERS) {
    faults.add(
      { line: 1, column: 1 },
      `the file has ${text.length} characters, at most ${LARGEST_CHARACTERS} are read; is it the right file?`,
    );
    faults.throwIfAny();
  }
  // The parser passes control characters on into values, where Postgres and mail headers refuse them.
  const control = findControl(text);
  if (control !== undefined) {
    faults.add(control, 'a control character stands here, so this is no text file; save it as UTF-8 text');
    faults.throwIfAny();
  }
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    resolveKnownTags: false,
    logLevel: 'error',
  });
  for (const error of worthTelling(document.errors)) {
    const remedy = REMEDIES[error.code] ?? `${lowerFirst(error.message)}; correct the line`;
    faults.add(place(error.pos[0]), `not valid YAML: ${remedy}`);
  }
  for (const warning of document.warnings) {
    faults.add(place(warning.pos[0]), `not read here: ${lowerFirst(warning.message)}; remove it`);
  }
  const { explicit, version } = document.directives.yaml;
  if (explicit === true && version !== '1.2') {
    faults.add(
      { line: 1, column: 1 },
      `YAML ${version} reads values such as 07:30 as numbers; remove the %YAML line`,
    );
  }
  faults.throwIfAny();
  return { document, lines };
}

/** Behind a syntax fault the parser guesses, so only the first is sure; tabs are, too, and rarely come alone. */
function worthTelling(errors: readonly YAMLError[]): readonly YAMLError[] {
  const tabs = errors.filter(({ code }) => code === 'TAB_AS_INDENT');
  return tabs.length > 0 ? tabs : errors.toSorted((a, b) => a.pos[0] - b.pos[0]).slice(0, 1);
}

function findControl(text: string): { line: number; column: number } | undefined {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const isAllowed = (code >= 0x20 && code !== 0x7f) || code === 0x09 || code === 0x0a || code === 0x0d;
    if (isAllowed) continue;
    const above = text.slice(0, index).split('\n');
    return { line: above.length, column: (above.at(-1)?.length ?? 0) + 1 };
  }
  return undefined;
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
