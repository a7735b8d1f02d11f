import type { Question } from '../domain/answer.ts';
import { WHO } from './answer-cohort.ts';

/** How a question was cut up; `who` and `subject` are words of it, `who` being {@link WHO} for a group. */
export interface CutQuestion {
  readonly who: string | null;
  readonly subject: string;
  readonly focus: Question['focus'];
  /** Whether `who` may be guessed at, being where only a client can stand. */
  readonly mayGuess: boolean;
}

/** What people are shown when a question cannot be read. */
export const EXAMPLE_QUESTIONS: readonly string[] = [
  'How do our top 20 clients like Atlas?',
  'What do tier 1 accounts think of our pricing since 2026-11-01?',
  'Who complains about sales this month?',
  'Is Acme happy?  ·  Is Acme happy with our support?',
  'What do all clients say about Atlas in the last 30 days?',
  'Complaints about delivery from gold clients',
];

const W = `(?<who>${WHO}|.+?)`;
const S = '(?<subject>.+?)';
const AUX = '(?:do|does|did|are|is|was|were|have|has|would)';
const ADVERB = '(?:(?:still|really|actually|currently|now|generally|mostly|all|so) )*';
const GOOD = '(?:happy|satisfied|content|pleased|delighted|fine|ok|okay|comfortable|impressed)';
const BAD = '(?:unhappy|dissatisfied|displeased|angry|upset|annoyed|frustrated|disappointed|fed up)';
const LIKE =
  '(?:like|likes|liked|love|loves|loved|enjoy|enjoys|praise|praises|praised|praising|appreciate|appreciates|rate|rates|find|prefer|get on with|getting on with|respond to|receive|value|want)';
const BLAME =
  '(?:hate|hates|dislike|dislikes|criticise|criticises|criticize|criticizes|criticising|criticizing|blame|blames)|(?:complain|complains|complained|complaining|grumble|grumbles|moan|moans)(?: about| of| over)?';
const SAY =
  '(?:think|thinks|thinking|feel|feels|feeling|say|says|saying|said|write|writes|writing|talk|talks|talking|tell us|telling us|make|perceive|see)';
const ABOUT = '(?:of|about|on|regarding|with|at|over|for)';
const FROM = '(?:from|by|among|amongst|with|at|across|for|of)';

interface Frame {
  readonly pattern: RegExp;
  readonly focus?: Question['focus'];
  /** Where any words could stand for the client, only a group or an exact name is one. */
  readonly isLoose?: boolean;
}

const frame = (pattern: string, more: Omit<Frame, 'pattern'> = {}): Frame => ({
  pattern: new RegExp(`^${pattern}$`, 'iu'),
  ...more,
});

/** The first that fits and whose client is known is taken. */
const FRAMES: readonly Frame[] = [
  frame(
    `(?:who|which(?: of)?(?: ${WHO})?|what ${WHO}|who (?:of|among|amongst) ${WHO}|${WHO} (?:who|that))(?: ${AUX})? ${ADVERB}(?:${BLAME}|${BAD})(?: ${ABOUT})?(?: ${S})?`,
    { focus: 'negative' },
  ),
  frame(
    `(?:who|which(?: of)?(?: ${WHO})?|what ${WHO}|who (?:of|among|amongst) ${WHO}|${WHO} (?:who|that))(?: ${AUX})? ${ADVERB}(?:${LIKE}|${GOOD})(?: ${ABOUT})?(?: ${S})?`,
    { focus: 'positive' },
  ),
  frame(
    `(?:what|why) ${AUX} ${W} ${ADVERB}(?:complain|complaining|unhappy|moan|moaning|dislike|hate)(?: about)?(?: most)?`,
    { focus: 'negative' },
  ),
  frame(`(?:why )?${AUX} ${W} ${ADVERB}(?:${BLAME})(?: ${S})?`, { focus: 'negative' }),
  frame(`(?:how(?: much| well)? )?(?:${AUX} )?${W} ${ADVERB}${LIKE}(?: ${S})?`),
  frame(`(?:what|how)(?: ${AUX})? ${W} ${ADVERB}${SAY}(?: (?:${ABOUT} )?${S})?`),
  frame(`${AUX} ${W} ${ADVERB}(?:not )?(?:${GOOD}|${BAD})(?: ${ABOUT} ${S})?`),
  frame(`how ${ADVERB}(?:${GOOD}|${BAD}) ${AUX} ${W}(?: ${ABOUT} ${S})?`),
  frame(
    `(?:what|how)(?: is| are|'s) ${S}(?: (?:doing|received|seen|perceived|rated|liked|going|landing))? ${FROM} ${W}`,
    { isLoose: true },
  ),
  frame(`how(?: ${AUX}|'s) ${W}(?: doing| feeling| going)?(?: ${ABOUT} ${S})?`),
  frame(
    `(?:(?:any|are there|is there|what|all|show(?: me)?|the) )*(?<kind>complaints?|praise|feedback|opinions?|views?|comments?|sentiment|reviews?)(?: ${AUX} there)?(?: (?:about|on|regarding|for) ${S})?(?: (?:from|by|among|amongst|of) ${W})?`,
  ),
  frame(
    `(?:(?:any|are there|is there|what|all|show(?: me)?|the) )*(?<kind>complaints?|praise|feedback|opinions?|views?|comments?|sentiment|reviews?) (?:from|by|among|amongst|of) ${W}(?: (?:about|on|regarding) ${S})?`,
  ),
  frame(`how(?: is| are|'s) ${S}(?: (?:doing|received|seen|perceived|rated|liked|going|landing))?`, {
    isLoose: true,
  }),
  frame(`${W}(?: (?:on|about|regarding)|\\s?[:,]) ${S}`, { isLoose: true }),
  frame(`${S} (?:from|by|among|amongst|with|across|for) ${W}`, { isLoose: true }),
  frame(W, { isLoose: true }),
];

const POLITE =
  /^(?:(?:please|hey|hi|hello|ok|okay|so|and|but|now|well|earshot|can you|could you|would you|i want to know|i(?:'d| would) like to know|do you know|tell me|show me|say|let me know|give me)[\s,:]+)+/iu;

/** Every way the question can be cut up, likeliest first. */
export function cutQuestion(text: string): CutQuestion[] {
  const plain = text
    .replace(/[\s?!.;]+$/u, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(POLITE, '')
    .replace(/,? please$/i, '')
    .replace(/[\s,]+$/u, '');
  return FRAMES.flatMap(({ pattern, focus = null, isLoose = false }) => {
    const groups = pattern.exec(plain)?.groups;
    if (groups === undefined && !pattern.test(plain)) return [];
    const kind = groups?.kind?.toLowerCase() ?? '';
    const told = kind.startsWith('complaint') ? 'negative' : kind === 'praise' ? 'positive' : focus;
    const who = groups?.who ?? (plain.includes(WHO) ? WHO : null);
    return [{ who, subject: groups?.subject ?? '', focus: told, mayGuess: !isLoose }];
  });
}
