import type { Token } from './tokens.ts';

/** What speaks for a language: words seen in it, and how far they speak for it alone (1) or for several (less). */
export type LanguageEvidence = ReadonlyMap<string, readonly Say[]>;

/** How far a word speaks for a language. */
interface Say {
  readonly lang: string;
  readonly weight: number;
}

/** Languages we name though we hold no words of judgement for them; their most frequent short words. */
const NAMED_ONLY: Readonly<Record<string, string>> = {
  it: "l' d' c' il lo gli che di un una per non sono con è del della dei delle nel alla anche come più ma questo questa molto ho hai ha siamo grazie perché quando sempre mai ottimo bene servizio prodotto mi ci si anche tutto",
  sv: 'och att det som en på är av för med till den har inte om ett jag men var sig från vi så kan när år eller mycket tack hej bra aldrig bara också',
  da: 'og det at en den til er som på de med han af for ikke der var mig sig men et har om vi min havde ham hun nu over da fra du ud sin dem os tak hej jeg meget aldrig også',
  pl: 'i w na nie się z do to że jest jak za od po co tak ale przez dla czy już tylko bardzo mnie być może tego dziękuję dzień dobry proszę nigdy są',
  tr: 've bir bu için çok ile da de ne o gibi daha en var ama ben sen değil mi olarak kadar sonra teşekkürler merhaba hiç iyi',
  id: 'yang dan di ini itu dengan untuk tidak dari dalam akan pada juga saya ke karena ada bisa kami sudah terima kasih banget tapi mau',
  fi: 'ja on ei että se hän oli mutta ovat kun niin myös tai joka mitä minä kiitos hyvä erittäin todella olen',
  ro: 'și în de la cu pe nu este un o care sunt mai din pentru ce să foarte mulțumesc bună dar am',
  cs: 'a je v se na to že s z do o ale jako za by jsem tak pro jsou není být děkuji dobrý velmi',
};

const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  en: ['ing', 'ly', 'ness', "n't", 'tion', 'ght', 'wh'],
  es: ['ción', 'ciones', 'dad', 'miento', 'aron', 'ieron', 'ñ', 'aba', 'illo'],
  fr: ['eux', 'euse', 'ment', 'ais', 'ait', 'ez', 'eau', 'œ', 'ère', 'ée'],
  de: ['ung', 'heit', 'keit', 'lich', 'isch', 'ieren', 'ß', 'schaft', 'tät', 'ern'],
  pt: ['ção', 'ções', 'ão', 'õe', 'dade', 'aram', 'eram', 'nh', 'lh'],
  nl: ['ij', 'heid', 'lijk', 'oord', 'aar', 'uur', 'oek', 'ijn', 'een', 'tje'],
};

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['ja', /[\u3040-\u30ff]/u],
  ['zh', /\p{Script=Han}/u],
  ['ko', /\p{Script=Hangul}/u],
  ['uk', /[іїєґ]/iu],
  ['ru', /\p{Script=Cyrillic}/u],
  ['ar', /\p{Script=Arabic}/u],
  ['he', /\p{Script=Hebrew}/u],
  ['el', /\p{Script=Greek}/u],
  ['th', /\p{Script=Thai}/u],
  ['hi', /\p{Script=Devanagari}/u],
];

const ENDING_LISTS = Object.entries(ENDINGS).flatMap(([lang, endings]) =>
  endings.map((ending) => ({ lang, ending })),
);
const ENDING_WEIGHT = 0.25;
const SCRIPT_WEIGHT = 1.5;
const WORDS_KEPT = 20_000;

const WORDS_READ = 40;
const ENOUGH = 0.5;
const LEAD = 1.15;

/** Gathers the evidence: function words weigh full, other words of a language's lexicon half; shared ones are split. */
export function languageEvidence(
  packs: readonly {
    readonly lang: string;
    readonly functionWords: readonly string[];
    readonly otherWords: readonly string[];
  }[],
): LanguageEvidence {
  const evidence = new Map<string, { readonly lang: string; weight: number }[]>();
  const add = (word: string, lang: string, weight: number): void => {
    const says = evidence.get(word);
    const known = says?.find((say) => say.lang === lang);
    if (says === undefined) evidence.set(word, [{ lang, weight }]);
    else if (known === undefined) says.push({ lang, weight });
    else known.weight = Math.max(known.weight, weight);
  };
  for (const pack of packs) {
    for (const word of pack.functionWords) add(word, pack.lang, 1);
    for (const word of pack.otherWords) add(word, pack.lang, 0.6);
  }
  for (const [lang, words] of Object.entries(NAMED_ONLY))
    for (const word of words.split(' ')) add(word, lang, 1);
  for (const says of evidence.values()) {
    if (says.length > 1) for (const say of says) say.weight /= says.length;
  }
  return evidence;
}

/** Tells the language of tokens: an ISO 639-1 code by the first 40 words, or `und` when they say too little. */
export function createLanguageTeller(evidence: LanguageEvidence): (tokens: readonly Token[]) => string {
  // Words repeat, and what one says is dear to find; the bound keeps hostile texts from filling memory.
  const said = new Map<string, readonly Say[]>();
  const saysOf = (word: string): readonly Say[] => {
    const known = said.get(word);
    if (known !== undefined) return known;
    if (said.size >= WORDS_KEPT) said.clear();
    const script = scriptOf(word);
    const says = script === undefined ? readWord(word, evidence) : [{ lang: script, weight: SCRIPT_WEIGHT }];
    said.set(word, says);
    return says;
  };
  return (tokens) => {
    const scores = new Map<string, number>();
    let words = 0;
    for (const { kind, norm } of tokens) {
      if (kind !== 'word' || norm.length > 40) continue;
      words += 1;
      if (words > WORDS_READ) break;
      for (const { lang, weight } of saysOf(norm)) scores.set(lang, (scores.get(lang) ?? 0) + weight);
    }
    let [best, most, second] = ['und', 0, 0];
    for (const [lang, score] of scores) {
      if (score > most) [best, most, second] = [lang, score, most];
      else if (score > second) second = score;
    }
    return most < ENOUGH || most < LEAD * second ? 'und' : best;
  };
}

function readWord(word: string, evidence: LanguageEvidence): Say[] {
  const says = [...(evidence.get(word) ?? [])];
  if (word.length < 4) return says;
  for (const { lang, ending } of ENDING_LISTS) {
    if (ending.length > 2 ? word.endsWith(ending) : word.includes(ending))
      says.push({ lang, weight: ENDING_WEIGHT });
  }
  return says;
}

function scriptOf(word: string): string | undefined {
  if (word.charCodeAt(0) < 0x0370) return undefined;
  return SCRIPTS.find(([, script]) => script.test(word))?.[0];
}
