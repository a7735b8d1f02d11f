import type { Matcher } from '../domain/routing.ts';
import { AppError } from '../lib/app-error.ts';
import { type GroupLabelName, LABEL_NAMES, unknownLabelMessage } from './labels.ts';
import { compileAnchored } from './matcher.ts';

/** A matcher that cannot be read; `column` counts the UTF-16 code units of the text from 1. */
export class MatcherFault extends AppError {
  readonly column: number;
  /** What is wrong and what to do, without the column. */
  readonly reason: string;

  constructor(column: number, reason: string) {
    super('invalid-input', `matcher, column ${column}: ${reason}`);
    this.column = column;
    this.reason = reason;
  }
}

const EXAMPLE = 'write it as label="value", for instance aspect="sales"';

/** Reads matchers left to right; every `read…` starts at `offset` and moves it past what it read. */
class MatcherReader {
  private offset = 0;
  private readonly text: string;
  private readonly labels: readonly GroupLabelName[];

  constructor(text: string, labels: readonly GroupLabelName[]) {
    this.text = text;
    this.labels = labels;
  }

  readList(): Matcher[] {
    const isBraced = this.take('{');
    const close = isBraced ? '}' : '';
    const matchers: Matcher[] = [];
    while (!this.isAt(close)) {
      matchers.push(this.readMatcher());
      if (this.isAt(close)) break;
      if (!this.take(','))
        this.fail(isBraced ? 'expected "," or "}" after the value' : 'expected "," after the value');
    }
    if (isBraced && !this.take('}')) this.fail('missing "}" at the end');
    this.skipSpace();
    if (this.offset < this.text.length) this.fail('nothing may follow the closing "}"');
    if (matchers.length === 0) this.fail(`empty matcher, ${EXAMPLE}`);
    return matchers;
  }

  private readMatcher(): Matcher {
    this.skipSpace();
    const labelAt = this.offset;
    const label = this.readLabel();
    if (!this.labels.some((known) => known === label))
      this.fail(unknownLabelMessage(label, this.labels), labelAt);
    const op = this.readOperator(label);
    this.skipSpace();
    const valueAt = this.offset;
    const value = this.text[this.offset] === '"' ? this.readQuoted() : this.readBare();
    if (op === '=~' || op === '!~') this.checkPattern(value, valueAt);
    return { label, op, value };
  }

  private readLabel(): string {
    const found = /^(?:"([^"\\]*)"|([\p{L}\p{N}_.:-]+))/u.exec(this.text.slice(this.offset));
    if (found === null) return this.fail(`expected a label, ${EXAMPLE}`);
    this.offset += found[0].length;
    return found[1] ?? found[2] ?? '';
  }

  private readOperator(label: string): Matcher['op'] {
    this.skipSpace();
    if (this.text.startsWith('==', this.offset)) this.fail('"==" is not an operator, write "="');
    for (const op of ['=~', '!~', '!=', '='] as const) {
      if (this.take(op)) return op;
    }
    return this.fail(`expected =, !=, =~ or !~ after "${label}"`);
  }

  /** Classic Alertmanager escapes: `\n`, `\"` and `\\`; any other backslash stays, so that `\d` needs no doubling. */
  private readQuoted(): string {
    const found = /^"((?:[^"\\]|\\[\s\S])*)"/.exec(this.text.slice(this.offset));
    if (found === null) return this.fail('missing closing quote (")');
    this.offset += found[0].length;
    return (found[1] ?? '').replaceAll(/\\(["\\n])/g, (_, escaped: string) =>
      escaped === 'n' ? '\n' : escaped,
    );
  }

  private readBare(): string {
    const run = /^[^,}]*/.exec(this.text.slice(this.offset))?.[0] ?? '';
    const reserved = /[{=!~"'`]/.exec(run);
    if (reserved !== null) {
      this.fail(
        `a value with ${reserved[0]} in it needs double quotes around it`,
        this.offset + reserved.index,
      );
    }
    const value = run.trim();
    if (value === '') this.fail('missing value, write "" for the empty one');
    this.offset += run.length;
    return value;
  }

  private checkPattern(pattern: string, at: number): void {
    try {
      compileAnchored(pattern);
    } catch (error) {
      const detail =
        error instanceof Error
          ? error.message.replace('error parsing regexp: ', '').replace('`(?s)', '`')
          : String(error);
      this.fail(`not an RE2 regular expression: ${detail}`, at);
    }
  }

  /** Whether nothing but `close` (or the end of the text) is left to read. */
  private isAt(close: string): boolean {
    this.skipSpace();
    return this.offset >= this.text.length || (close !== '' && this.text.startsWith(close, this.offset));
  }

  private take(token: string): boolean {
    this.skipSpace();
    if (!this.text.startsWith(token, this.offset)) return false;
    this.offset += token.length;
    return true;
  }

  private skipSpace(): void {
    while (/\s/.test(this.text.charAt(this.offset))) this.offset += 1;
  }

  private fail(reason: string, at = this.offset): never {
    throw new MatcherFault(at + 1, reason);
  }
}

/**
 * Reads Alertmanager's spelling: one matcher (`aspect="sales"`, `tier=~"1|gold"`), several with commas between them, or
 * the same in braces. Values may stand without quotes when they hold none of `{}=!~,"'` and backtick.
 * `labels` are those that may be named. Throws {@link MatcherFault} at the first fault: unknown label, bad spelling, a
 * pattern that is not RE2.
 */
export function parseMatchers(text: string, labels: readonly GroupLabelName[] = LABEL_NAMES): Matcher[] {
  return new MatcherReader(text, labels).readList();
}

/** Reads exactly one matcher; see {@link parseMatchers}. */
export function parseMatcher(text: string): Matcher {
  const [matcher, second] = parseMatchers(text);
  if (matcher === undefined || second !== undefined)
    throw new MatcherFault(1, 'expected exactly one matcher');
  return matcher;
}
