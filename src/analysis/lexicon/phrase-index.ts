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
  'thanks',
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

/** Most nodes end a phrase and have no children, so what they do not need is not made. */
interface Node {
  exact: Map<string, Node> | undefined;
  prefixes: Prefixes | undefined;
  readonly meanings: Meaning[];
  /** Longer phrases that begin here and were not looked for yet: few of all that are known occur. */
  waiting: Phrase[] | undefined;
}

interface Phrase {
  readonly phrase: string;
  readonly meanings: readonly Meaning[];
}

/** Children by the beginning of a word. */
interface Prefixes {
  readonly nodes: Map<string, Node>;
  shortest: number;
  longest: number;
}

const FIRST_WORDS_KEPT = 20_000;

/** A set of phrases over tokens; in every group the longest phrase at a place holds and hides what it covers. */
export class PhraseIndex {
  readonly #root = newNode();
  readonly #firstWords = new Map<string, readonly Node[]>();

  /** Adds normalised words with a space between; one ending in `*` stands for any ending. Add all before the first `find`. */
  add(phrase: string, meanings: readonly Meaning[]): void {
    const space = phrase.indexOf(' ');
    if (space < 0) addMeanings(childFor(this.#root, phrase), meanings);
    else (childFor(this.#root, phrase.slice(0, space)).waiting ??= []).push({ phrase, meanings });
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
    for (const node of nodes) unfold(node);
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
    thanks: [],
  };
}

function newNode(): Node {
  return { exact: undefined, prefixes: undefined, meanings: [], waiting: undefined };
}

/** Puts the phrases that wait at a first word below it. */
function unfold(first: Node): void {
  for (const { phrase, meanings } of first.waiting ?? []) {
    let node = first;
    for (const word of phrase.split(' ').slice(1)) node = childFor(node, word);
    addMeanings(node, meanings);
  }
  first.waiting = undefined;
}

/** Of what stands for the same in two lists, the stronger holds. */
function addMeanings(node: Node, meanings: readonly Meaning[]): void {
  for (const meaning of meanings) {
    const same = node.meanings.findIndex(
      ({ group, name }) => group === meaning.group && name === meaning.name,
    );
    const old = node.meanings[same];
    if (old === undefined) node.meanings.push(meaning);
    else if (Math.abs(meaning.weight) > Math.abs(old.weight)) node.meanings[same] = meaning;
  }
}

function childFor(node: Node, word: string): Node {
  const isPrefix = word.length > 1 && word.endsWith('*');
  const key = isPrefix ? word.slice(0, -1) : word;
  const children = isPrefix ? prefixesOf(node, key.length) : (node.exact ??= new Map());
  const known = children.get(key);
  if (known !== undefined) return known;
  const made = newNode();
  children.set(key, made);
  return made;
}

function prefixesOf(node: Node, length: number): Map<string, Node> {
  node.prefixes ??= { nodes: new Map(), shortest: length, longest: length };
  node.prefixes.shortest = Math.min(node.prefixes.shortest, length);
  node.prefixes.longest = Math.max(node.prefixes.longest, length);
  return node.prefixes.nodes;
}

function childrenOf(node: Node, token: Token): Node[] {
  const found = nodesFor(node, token.norm);
  return found.length === 0 && token.squeezed !== undefined ? nodesFor(node, token.squeezed) : found;
}

function nodesFor({ exact, prefixes }: Node, word: string): Node[] {
  const found: Node[] = [];
  const whole = exact?.get(word);
  if (whole !== undefined) found.push(whole);
  if (prefixes === undefined) return found;
  for (let length = prefixes.shortest; length <= Math.min(prefixes.longest, word.length); length += 1) {
    const child = prefixes.nodes.get(word.slice(0, length));
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
  if (node.exact === undefined && node.prefixes === undefined) return;
  for (const child of childrenOf(node, next)) collect(tokens, child, to + 1, longest);
}
