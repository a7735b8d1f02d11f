import type { QuoteItem, Tally } from './digest-quote.ts';
import type { ThemeFact, WorkFacts } from './digest-work.ts';
import type { Aspect, Intent, Polarity } from './words.ts';

export type { QuoteItem, QuoteRef, Tally } from './digest-quote.ts';

/** How long a time a digest covers. */
export const EDITIONS = ['day', 'week', 'month'] as const;
export type Edition = (typeof EDITIONS)[number];

/** A digest as `earshot.yaml` defines it, every default resolved. */
export interface DigestDefinition {
  readonly name: string;
  readonly audience: string;
  /** Local time of day, `HH:MM`. */
  readonly at: string;
  /** IANA zone, e.g. `Europe/London`. */
  readonly zone: string;
  /** Only what this department's aspects are about; missing: everything. */
  readonly department?: string | undefined;
  /** What an empty day gives: one line, or nothing. */
  readonly empty: 'line' | 'skip';
  /** A week ends on Sunday, a month on its last day; missing: a day. */
  readonly every?: Edition | undefined;
}

/** Which transactions had committed at one moment; only the store reads inside. */
export interface CutOff {
  readonly xmin: number;
  readonly xmax: number;
  readonly running: readonly number[];
}

/** One local day: `from` counts, `to` does not. Instants are ISO 8601 in UTC. */
export interface DayWindow {
  /** `YYYY-MM-DD` in the digest's zone. */
  readonly date: string;
  readonly from: string;
  readonly to: string;
}

/** A message that says good and bad of one aspect stands in both polarities. */
export interface AspectTally {
  readonly aspect: Aspect;
  readonly all: Tally;
  readonly negative: Tally;
  readonly neutral: Tally;
  readonly positive: Tally;
}

export interface QuoteCandidate extends QuoteItem {
  /** Confidence x account x urgency; higher is shown first. */
  readonly weight: number;
  readonly thread: string | null;
  /** The same for copies of one text; an erased text equals only itself. */
  readonly textKey: string;
}

/** An account as it stood when the digest was compiled. */
export interface AccountFact {
  readonly id: string;
  readonly name: string;
  readonly tier: string;
  readonly owner: string;
  /** Yearly, in the workspace's currency. */
  readonly revenue: number | null;
}

export interface SourceTrouble {
  readonly name: string;
  /** `silent`: brought nothing on the day. `gap`: something of it can no longer be heard. The rest as its health has it. */
  readonly kind: 'failing' | 'silent' | 'stopped' | 'paused' | 'behind' | 'gap';
  /** When it was last read without an error, ISO 8601. */
  readonly lastSuccessAt: string | null;
  /** `failing`: the error in one line. Else what its health says. */
  readonly detail: string;
}

/** What became of the day's mentions when the digest was compiled. */
export interface DayBins {
  readonly heard: number;
  readonly quarantined: number;
  /** Quarantined though no mail header says that a machine wrote it. */
  readonly looksReal: number;
  readonly unsure: number;
  readonly noOpinion: number;
  readonly ours: number;
  /** Heard but not yet read through. */
  readonly waiting: number;
}

/** A day whose digest is compiled; what the newest digest since had not seen arrived late. */
interface EarlierDay extends DayWindow {
  readonly seen: CutOff;
}

/** What can change later and would change the digest, as it stood when it was compiled. */
export interface FrozenFacts {
  readonly definition: DigestDefinition;
  readonly workspace: string;
  /** Address that links carry, without a slash at its end. */
  readonly baseUrl: string;
  readonly configVersion: number;
  readonly compiledAt: string;
  /** e.g. `Tue 24 Nov 07:30 Europe/London`. */
  readonly nextRun: string;
  readonly cutOff: CutOff;
  readonly edition: Edition;
  readonly today: DayWindow;
  /** The same weekday a week before, or the week or month before; as much of it as of `today` when that is not over. */
  readonly before: DayWindow;
  /** The 13 local days before `today`, or 7 weeks, or 5 months; oldest first. */
  readonly trend: readonly DayWindow[];
  /** True for a day that is not over. */
  readonly isPartial: boolean;
  /** What the department owns; null: every aspect. */
  readonly aspects: readonly Aspect[] | null;
  /** Earlier days with a digest of their own, oldest first, at most 14 days back. */
  readonly earlier: readonly EarlierDay[];
  /** The 20 accounts with the highest revenue, highest first. */
  readonly roster: readonly AccountFact[];
  readonly sources: { readonly total: number; readonly troubles: readonly SourceTrouble[] };
  readonly bins: DayBins;
  /** What customers spoke of, most moved first; at most 15. */
  readonly themes: readonly ThemeFact[];
  readonly work: WorkFacts;
  /** The day before as its own digest had it; null: it had none. */
  readonly told: ToldDay | null;
  /** History that was read again since the digest before, and counts so now. */
  readonly reread: RereadFact | null;
  /** Since when a newer config waits to be mended, ISO 8601; null: the newest is in force. */
  readonly configRefusedAt: string | null;
  /** Names of the accounts that themes and work quote. */
  readonly names: Readonly<Record<string, string>>;
  /** Mentions whose outcome differs from what their analysis alone would say, e.g. released from quarantine by a person. */
  readonly pins: { readonly counted: readonly string[]; readonly uncounted: readonly string[] };
}

/** That history was read again with another model or other aspects. */
export interface RereadFact {
  readonly model: string;
  readonly mentions: number;
  /** Those that have other aspects or polarities now. */
  readonly changed: number;
}

/** People by aspect as an earlier digest told them. */
export interface ToldDay {
  readonly date: string;
  readonly people: readonly { readonly aspect: Aspect; readonly people: number }[];
}

export interface CountedDay {
  readonly date: string;
  readonly total: Tally;
  /** In no order; an aspect that nobody spoke of is missing. */
  readonly aspects: readonly AspectTally[];
  readonly purchase: Tally;
  readonly churn: Tally;
  /** Urgency 2 or 3. */
  readonly urgent: Tally;
}

export interface AccountActivity {
  readonly accountId: string;
  readonly messages: number;
  readonly people: number;
  readonly negative: number;
  readonly positive: number;
  /** Last mention up to the end of the day, ISO 8601. */
  readonly lastHeardAt: string | null;
}

/** How one aspect's messages of the day hang together. */
export interface AspectShape {
  readonly aspect: Aspect;
  /** Messages that say good and bad of it. */
  readonly mixed: number;
  /** Most messages by one author. */
  readonly byOneAuthor: number;
  /** Most messages with one text. */
  readonly byOneText: number;
}

/** What is counted anew from append-only rows and comes out the same for the same cut-off. */
export interface CountedFacts {
  readonly today: CountedDay;
  readonly before: CountedDay;
  readonly trend: readonly CountedDay[];
  readonly shapes: readonly AspectShape[];
  /** Of the roster. */
  readonly activity: readonly AccountActivity[];
  readonly late: Tally;
  readonly candidates: readonly QuoteCandidate[];
  /** Versions of the model that judged the day's mentions. */
  readonly models: readonly string[];
  /** The first mention of all, ISO 8601. */
  readonly listeningSince: string | null;
  /** Names of the accounts that the candidates belong to. */
  readonly names: Readonly<Record<string, string>>;
}

/** What the read model gives for one digest. */
export interface DigestFacts {
  readonly frozen: FrozenFacts;
  readonly counted: CountedFacts;
}

/** Which mentions a number stands for. */
export interface EvidenceFilter {
  readonly aspect?: Aspect | undefined;
  readonly polarity?: Polarity | undefined;
  readonly intent?: Intent | undefined;
  readonly account?: string | undefined;
  /** As its opinions are grouped now. */
  readonly theme?: string | undefined;
  readonly urgent?: true | undefined;
  readonly late?: true | undefined;
  /** Another of the digest's days, `YYYY-MM-DD`. */
  readonly day?: string | undefined;
  /** Mentions that are no counted opinion, as they stand now. */
  readonly outcome?: 'quarantined' | 'unsure' | 'no-opinion' | 'ours' | 'waiting' | undefined;
}

/** A sentence whose number opens the mentions behind it; null when it has none. */
export interface Sentence {
  readonly text: string;
  readonly filter: EvidenceFilter | null;
}

export interface Tile {
  readonly aspect: Aspect;
  readonly today: AspectTally;
  readonly before: AspectTally;
  readonly mixed: number;
  /** The change in people against the same weekday, in words, with its arrow. */
  readonly change: { readonly arrow: '▲' | '▼' | '=' | ''; readonly words: string };
  /** Fewer than five people. */
  readonly isFewVoices: boolean;
  /** More than half of the messages come from one author or are copies of one text. */
  readonly echo: { readonly kind: 'author' | 'text'; readonly messages: number } | null;
  /** People a day, 14 local days up to today. */
  readonly trend: readonly { readonly date: string; readonly people: number }[];
  readonly quotes: readonly QuoteItem[];
}

/** How a theme moves against the days before. `heard`: we have not listened long enough to say. */
export type ThemeStage = 'new' | 'growing' | 'steady' | 'fading' | 'heard';

export interface ThemeLine {
  readonly theme: ThemeFact;
  readonly stage: ThemeStage;
  /** What the stage rests on, e.g. `12 people in 7 days, 4 in the 7 before`. */
  readonly words: string;
  /** One, or one each way where the theme divides people. */
  readonly quotes: readonly QuoteItem[];
}

/** A figure that an earlier digest told and that is another now. */
export interface Restatement {
  readonly date: string;
  readonly aspect: Aspect;
  readonly was: number;
  readonly now: number;
}

export interface ItemSection {
  readonly today: Tally;
  readonly before: Tally;
  readonly items: readonly QuoteItem[];
}

export interface AccountLine extends AccountFact {
  readonly mood: 'upset' | 'delighted' | 'mixed' | 'neutral';
  readonly messages: number;
  readonly people: number;
  readonly negative: number;
  readonly positive: number;
}

export interface SilentAccount extends AccountFact {
  /** Local date, or null when never heard. */
  readonly lastHeard: string | null;
}

/** A compiled digest: numbers, evidence ids and account names as of then, no quoted text. Kept as JSON. */
export interface DigestDocument {
  readonly format: 2;
  readonly frozen: FrozenFacts;
  readonly models: readonly string[];
  readonly verdict: {
    /** At most 78 characters. */
    readonly subject: string;
    readonly preheader: string;
    readonly sentences: readonly Sentence[];
  };
  readonly isEmpty: boolean;
  readonly total: Tally;
  readonly totalBefore: Tally;
  /** Whether anything had been heard by the day that is compared with. */
  readonly hasBefore: boolean;
  readonly tiles: readonly Tile[];
  /** At most five. */
  readonly themes: readonly ThemeLine[];
  readonly restated: readonly Restatement[];
  readonly urgent: ItemSection;
  readonly purchase: ItemSection;
  readonly churn: ItemSection;
  readonly accounts: {
    readonly rosterSize: number;
    readonly heard: readonly AccountLine[];
    readonly silent: readonly SilentAccount[];
    /** What silent means, e.g. `nothing heard in 60 days`. */
    readonly silence: string;
  };
  readonly late: Tally;
  readonly notHeard: readonly Sentence[];
  /** Names of the accounts whose words are quoted. */
  readonly names: Readonly<Record<string, string>>;
}

/** The quoted words by {@link QuoteRef}, keyed as `quoteKey` spells it; null: erased since. */
export type QuoteTexts = ReadonlyMap<string, string | null>;

/** One digest in every form; the same document and quotes give the same bytes. */
export interface RenderedDigest {
  /** At most 78 characters. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly slackBlocks: readonly object[];
  readonly json: Readonly<Record<string, unknown>>;
}

/** SHA-256 of each form, hexadecimal. */
export interface DigestHashes {
  readonly text: string;
  readonly html: string;
  readonly slack: string;
  readonly json: string;
}
