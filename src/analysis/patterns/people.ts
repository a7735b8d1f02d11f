import { isGivenName } from '../given-names.ts';
import type { Judgement } from '../judgements.ts';
import { JUDGED } from '../lexicon/lexicon.ts';
import type { Hit } from '../lexicon/phrase-index.ts';
import type { Token } from '../text/tokens.ts';
import { wordSet } from '../word-set.ts';

/** What is told of somebody by name: how they are, and what they do for a customer. */
const TELLING =
  wordSet(`is was are were seemed made did does gave gives helped provided provides ensured offered went goes took left kept responded responds has
  es son fue fueron era eran estuvo hizo nos est sont était a ont nous ist sind war waren hat haben é são foi foram estava fez zijn waren heeft hebben`);
/** What somebody feels tells nothing of how they serve. */
const FEELINGS =
  wordSet(`happy pleased glad delighted thrilled excited satisfied disappointed upset sad sick sorry impressed surprised hungry allergic afraid tired
  bored frustrated annoyed angry proud contento contenta feliz content contente ravi ravie zufrieden glücklich satisfeito satisfeita tevreden blij`);
const REACH = 5;
const CAPITALISED = /^\p{Lu}\p{Ll}/u;

/** People who are judged by name (`Tiffany was so kind`): they speak of service. */
export function findPeople(text: string, tokens: readonly Token[], judgements: readonly Judgement[]): Hit[] {
  const judged = new Map(judgements.map((judgement) => [judgement.from, judgement]));
  return tokens.flatMap((token, at) => {
    if (!isPerson(text, token) || !TELLING.has(tokens[at + 1]?.norm ?? '')) return [];
    const judgement = judgedFrom(tokens, at + 1, judged);
    const isFelt = tokens.slice(judgement?.from, judgement?.to).some(({ norm }) => FEELINGS.has(norm));
    return judgement === undefined || isFelt
      ? []
      : [{ from: at, to: at + 1, name: 'service', weight: JUDGED }];
  });
}

function isPerson(text: string, { kind, norm, start, end }: Token): boolean {
  return kind === 'word' && isGivenName(norm) && CAPITALISED.test(text.slice(start, end));
}

/** The first judgement of the words that follow one another from there on. */
function judgedFrom(
  tokens: readonly Token[],
  from: number,
  judged: ReadonlyMap<number, Judgement>,
): Judgement | undefined {
  for (let at = from; at < from + REACH && tokens[at]?.kind === 'word'; at += 1) {
    const judgement = judged.get(at);
    if (judgement !== undefined) return judgement;
  }
  return undefined;
}
