import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type Scalar } from 'yaml';
import type { ProcessEnv } from './env.ts';
import { expandVariables } from './expand.ts';
import type { Faults, Path, Place } from './faults.ts';
import { parseSyntax, type YamlSyntax } from './yaml-syntax.ts';

/** Aliases may repeat parts of the file; what they unfold to is bounded by these two. */
const MOST_VALUES = 50_000;
const DEEPEST = 64;

interface Spot {
  /** Offset of the key in front of the value; of the value itself in a list. */
  readonly key: number;
  readonly value: number;
  /** Offset of the value's first character when it stands in the file letter by letter, without escapes. */
  readonly letters?: number;
}

/** What is around a value while it is read. */
interface Surroundings {
  readonly depth: number;
  /** Offset of the outermost alias that repeats the value here; faults point there, not at what it repeats. */
  readonly aliasAt?: number;
}

type AnyNode = ParsedNode | null | undefined;

/** A YAML file as plain data with its variables filled in, which remembers where each value stands. */
export class YamlDocument {
  /** Maps as objects, lists as arrays, and texts, numbers and booleans. */
  readonly value: unknown;
  private readonly faults: Faults;
  private readonly syntax: YamlSyntax;
  private readonly text: string;
  private readonly env: ProcessEnv;
  private readonly spots = new Map<string, Spot>();
  private readonly broken = new Set<string>();
  private readonly variables = new Map<string, string>();
  private readonly expanded = new Set<string>();
  private readonly anchors = new Map<string, ParsedNode>();
  private values = 0;

  /** Adds to `faults` what cannot be read and goes on; throws them when the text is no YAML at all. */
  constructor(text: string, { env, faults }: { env: ProcessEnv; faults: Faults }) {
    this.faults = faults;
    this.text = text;
    this.env = env;
    this.syntax = parseSyntax(text, faults);
    this.value = this.read(this.syntax.document.contents, [], { key: 0, depth: 0 });
    if (this.values > MOST_VALUES) faults.throwIfAny();
  }

  /**
   * Adds a fault at a value, or at the nearest one above it that is there. `at: 'key'` points at the key instead.
   * `column` (from 1) points at a character inside a text. Nothing is added about a value that already has a fault.
   */
  addFault(
    path: Path,
    message: string,
    { at = 'value', column = 1 }: { at?: 'key' | 'value'; column?: number } = {},
  ): void {
    for (let length = path.length; length > 0; length -= 1) {
      if (this.broken.has(keyOf(path.slice(0, length)))) return;
    }
    let length = path.length;
    while (length > 0 && !this.spots.has(keyOf(path.slice(0, length)))) length -= 1;
    const spot = this.spots.get(keyOf(path.slice(0, length)));
    const value = spot?.letters === undefined ? (spot?.value ?? 0) : spot.letters + column - 1;
    this.faults.add(this.place(at === 'key' ? (spot?.key ?? 0) : value), this.redact(message));
  }

  /** Whether a variable stood in this value. */
  isExpanded(path: Path): boolean {
    return this.expanded.has(keyOf(path));
  }

  /** Values of variables may be secret: a message shows their names instead. */
  private redact(message: string): string {
    let shown = message;
    for (const [name, value] of this.variables) {
      if (value.length >= 4) shown = shown.replaceAll(value, () => `\${${name}}`);
    }
    return shown;
  }

  private place(offset: number): Place {
    const { line, col } = this.syntax.lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  private refuse(path: Path, message: string): undefined {
    this.addFault(path, message);
    this.broken.add(keyOf(path));
  }

  private read(node: AnyNode, path: Path, from: Surroundings & { key: number }): unknown {
    const start = from.aliasAt ?? node?.range[0] ?? from.key;
    this.spots.set(keyOf(path), { key: from.key, value: start });
    this.values += 1;
    if (this.values > MOST_VALUES) {
      if (this.values === MOST_VALUES + 1)
        this.refuse(path, `the aliases unfold to more than ${MOST_VALUES} values; write out what is needed`);
      return undefined;
    }
    if (from.depth > DEEPEST) return this.refuse(path, `more than ${DEEPEST} levels deep; flatten it`);
    if (isAlias(node)) {
      const target = this.anchors.get(node.source);
      if (target === undefined)
        return this.refuse(
          path,
          `alias *${node.source} has no anchor &${node.source} above it; write the value out`,
        );
      return this.read(target, path, { key: from.key, depth: from.depth + 1, aliasAt: start });
    }
    if (node?.anchor !== undefined && from.aliasAt === undefined) this.anchors.set(node.anchor, node);
    const below = { ...from, depth: from.depth + 1 };
    if (isMap(node)) return this.readMap(node, path, below);
    if (isSeq(node)) {
      return node.items.map((item, index) =>
        this.read(item, [...path, index], { ...below, key: from.aliasAt ?? item.range[0] }),
      );
    }
    if (isScalar(node)) return this.readScalar(node, path, from.aliasAt);
    return path.length === 0
      ? undefined
      : this.refuse(path, 'no value stands here; write one or remove the line');
  }

  private readMap(
    node: Extract<ParsedNode, { items: { key: ParsedNode }[] }>,
    path: Path,
    below: Surroundings,
  ): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    for (const { key, value } of node.items) {
      const start = below.aliasAt ?? key.range[0];
      const name = isScalar(key) ? wordOf(key.value) : '';
      if (name === '' || name === '__proto__') {
        this.faults.add(this.place(start), 'a key must be a plain word; write "key: value"');
      } else if (name === '<<') {
        this.faults.add(
          this.place(start),
          'merge keys (<<) are not read; write the lines out, or let routes inherit',
        );
      } else if (Object.hasOwn(map, name)) {
        this.faults.add(this.place(start), `"${name}" stands here a second time; keep one of the two`);
      } else {
        map[name] = this.read(value, [...path, name], { ...below, key: start });
      }
    }
    return map;
  }

  private readScalar(node: Scalar.Parsed, path: Path, aliasAt: number | undefined): unknown {
    if (node.value === null) {
      return path.length === 0
        ? undefined
        : this.refuse(path, 'no value stands here; write one or remove the line');
    }
    if (typeof node.value !== 'string') return node.value;
    const { text, used, problems } = expandVariables(node.value, this.env);
    const [start, end] = node.range;
    const spot = this.spots.get(keyOf(path));
    for (const quote of [0, 1]) {
      if (
        spot !== undefined &&
        aliasAt === undefined &&
        this.text.slice(start + quote, end - quote) === text
      ) {
        this.spots.set(keyOf(path), { ...spot, letters: start + quote });
      }
    }
    for (const problem of problems) this.addFault(path, problem);
    if (problems.length > 0) this.broken.add(keyOf(path));
    if (used.size > 0) this.expanded.add(keyOf(path));
    for (const [name, value] of used) this.variables.set(name, value);
    return text;
  }
}

/** A key as a word; empty when it is none. */
function wordOf(key: unknown): string {
  return typeof key === 'string' || typeof key === 'number' || typeof key === 'boolean' ? String(key) : '';
}

function keyOf(path: Path): string {
  return JSON.stringify(path);
}
