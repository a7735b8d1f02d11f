import { AppError } from '../lib/app-error.ts';

/** Where something stands in the file; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The way to a value from the top of the file: keys and list positions. */
export type Path = readonly (string | number)[];

const MOST_SHOWN = 100;

/** Collects what is wrong with one file, so that all of it is told at once. */
export class Faults {
  private readonly found = new Map<string, Place & { readonly message: string }>();
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  /** `text` says what is wrong and what to do, without secrets; it becomes one line. A repeated fault is kept once. */
  add(place: Place, text: string): void {
    const message = text.replaceAll(/\p{Cc}+/gu, ' ');
    this.found.set(`${place.line}:${place.column}: ${message}`, { ...place, message });
  }

  /** Throws AppError `invalid-input` when there is any fault: `file:line:column: message`, one a line, in file order. */
  throwIfAny(): void {
    if (this.found.size === 0) return;
    const sorted = [...this.found.values()].toSorted((a, b) => a.line - b.line || a.column - b.column);
    const lines = sorted
      .slice(0, MOST_SHOWN)
      .map(({ line, column, message }) => `${this.file}:${line}:${column}: ${message}`);
    if (sorted.length > MOST_SHOWN) lines.push(`${this.file}: and ${sorted.length - MOST_SHOWN} more faults`);
    throw new AppError('invalid-input', lines.join('\n'));
  }
}
