import type { Token } from '../text/tokens.ts';

/** What a phrase stands for: a group of meanings, a name within it, and a weight. */
export interface Meaning {
  readonly group: Group;
  readonly name: string;
  readonly weight: number;
}

export const GROUPS = [
  'polarity',
  'aspect',
  'negator',
  'late-negator',
  'degree',
  'contrast',
  'turn',
  'wish',
  'question',
  'suggestion',
  'purchase',
  'churn',
  'complaint',
  'urgency',
  'spam',
  'ours',
  'sarcasm',
  'mock-praise',
  'pronoun',
  'liking',
] as const;
export type Group = (typeof GROUPS)[number];

/** A phrase found in the tokens: `from` to `to` (exclusive) are token positions. */
export interface Hit {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly weight: number;
}

export type Hits = Readonly<Record<Group, readonly Hit[]>>;

interface Node {
  readonly exact: Map<string, Node>;
  readonly prefixes: Map<string, Node>;
  shortestPrefix: number;
  longestPrefix: number;
  readonly meanings: Meaning[];
}

const FIRST_WORDS_KEPT = 20_000;

/** A set of phrases over tokens; in every group the longest phrase at a place holds and hides what it covers. */
export class PhraseIndex {
  readonly #root = newNode();
  readonly #firstWords = new Map<string, readonly Node[]>();

  /** Adds a phrase of normalised words; a word ending in `*` stands for any ending. Add all before the first `find`. */
  add(words: readonly string[], meaning: Meaning): void {
    let node = this.#root;
    for (const word of words) node = childFor(node, word);
    const same = node.meanings.findIndex((old) => old.group === meaning.group && old.name === meaning.name);
    const old = node.meanings[same];
    if (old === undefined) node.meanings.push(meaning);
    else if (Math.abs(meaning.weight) > Math.abs(old.weight)) node.meanings[same] = meaning;
  }

  find(tokens: readonly Token[]): Hits {
    const hits = noHits();
    const freeFrom = new Map<Group, number>();
    for (const [from, token] of tokens.entries()) {
      if (token.kind !== 'word' && token.kind !== 'emoji') continue;
      const firsts = this.#firstNodes(token);
      if (firsts.length === 0) continue;
      const longest = new Map<Group, { to: number; meanings: Meaning[] }>();
      for (const node of firsts) collect(tokens, node, from + 1, longest);
      for (const [group, { to, meanings }] of longest) {
        if (from < (freeFrom.get(group) ?? 0)) continue;
        for (const { name, weight } of meanings) hits[group].push({ from, to, name, weight });
        freeFrom.set(group, to);
      }
    }
    return hits;
  }

  // Looking every prefix of a word up is the dear part, and words repeat; the bound keeps hostile texts from filling memory.
  #firstNodes(token: Token): readonly Node[] {
    const known = this.#firstWords.get(token.norm);
    if (known !== undefined && token.squeezed === undefined) return known;
    const nodes = childrenOf(this.#root, token);
    if (token.squeezed === undefined) {
      if (this.#firstWords.size >= FIRST_WORDS_KEPT) this.#firstWords.clear();
      this.#firstWords.set(token.norm, nodes);
    }
    return nodes;
  }
}

/** One literal, so that all of them are alike to who reads them. */
function noHits(): Record<Group, Hit[]> {
  return {
    polarity: [],
    aspect: [],
    negator: [],
    'late-negator': [],
    degree: [],
    contrast: [],
    turn: [],
    wish: [],
    question: [],
    suggestion: [],
    purchase: [],
    churn: [],
    complaint: [],
    urgency: [],
    spam: [],
    ours: [],
    sarcasm: [],
    'mock-praise': [],
    pronoun: [],
    liking: [],
  };
}

function newNode(): Node {
  return { exact: new Map(), prefixes: new Map(), shortestPrefix: 64, longestPrefix: 0, meanings: [] };
}

function childFor(node: Node, word: string): Node {
  const isPrefix = word.length > 1 && word.endsWith('*');
  const key = isPrefix ? word.slice(0, -1) : word;
  const children = isPrefix ? node.prefixes : node.exact;
  if (isPrefix) {
    node.shortestPrefix = Math.min(node.shortestPrefix, key.length);
    node.longestPrefix = Math.max(node.longestPrefix, key.length);
  }
  const known = children.get(key);
  if (known !== undefined) return known;
  const made = newNode();
  children.set(key, made);
  return made;
}

function childrenOf(node: Node, token: Token): Node[] {
  const found = nodesFor(node, token.norm);
  return found.length === 0 && token.squeezed !== undefined ? nodesFor(node, token.squeezed) : found;
}

function nodesFor(node: Node, word: string): Node[] {
  const found: Node[] = [];
  const exact = node.exact.get(word);
  if (exact !== undefined) found.push(exact);
  for (let length = node.shortestPrefix; length <= Math.min(node.longestPrefix, word.length); length += 1) {
    const child = node.prefixes.get(word.slice(0, length));
    if (child !== undefined) found.push(child);
  }
  return found;
}

function collect(
  tokens: readonly Token[],
  node: Node,
  to: number,
  longest: Map<Group, { to: number; meanings: Meaning[] }>,
): void {
  for (const meaning of node.meanings) {
    const best = longest.get(meaning.group);
    if (best === undefined || to > best.to) longest.set(meaning.group, { to, meanings: [meaning] });
    else if (to === best.to && !best.meanings.includes(meaning)) best.meanings.push(meaning);
  }
  const next = tokens[to];
  if (next === undefined || next.kind !== 'word') return;
  if (node.exact.size === 0 && node.prefixes.size === 0) return;
  for (const child of childrenOf(node, next)) collect(tokens, child, to + 1, longest);
}
