import type { Resolution } from './case.ts';
import type { QuoteItem, Tally } from './digest-quote.ts';
import type { Aspect, Polarity } from './words.ts';

/** What is being done about something: a case's standing as it was when the digest was compiled. */
export interface CaseStanding {
  readonly caseId: string;
  readonly department: string;
  readonly status: 'open' | 'accepted' | 'snoozed' | 'resolved' | 'declined';
  /** Name of who has it; empty: nobody. */
  readonly owner: string;
  readonly resolution: Resolution | null;
}

/** A theme as it stood when the digest was compiled. Themes merge and split later, so their figures are kept and not counted anew. */
export interface ThemeFact {
  readonly id: string;
  readonly aspect: Aspect;
  /** A few words of customers that most of its opinions share. */
  readonly name: string;
  /** ISO 8601. */
  readonly firstHeardAt: string;
  readonly today: Tally;
  /** Of the last seven local days, today among them; of a longer edition: of its period. */
  readonly recent: Tally;
  /** Of as many days before those. */
  readonly earlier: Tally;
  /** Opinions of `recent` (of `earlier` when there are none), to tell which way it goes. */
  readonly polarity: Readonly<Record<Polarity, number>>;
  /** Messages of the same days that repeat the words of an earlier one. */
  readonly copies: number;
  /** In how many of the weeks of a longer edition somebody spoke of it; 0 in a daily one. */
  readonly weeksHeard: number;
  /** The strongest words, and the strongest of the other side when it has one. */
  readonly quotes: readonly (QuoteItem & { readonly textKey: string })[];
  readonly standing: CaseStanding | null;
}

/** A case that somebody closed, and what was said before and after. */
export interface ClosedCase {
  readonly caseId: string;
  readonly department: string;
  readonly owner: string;
  readonly resolution: Resolution;
  /** ISO 8601. */
  readonly closedAt: string;
  /** Name of its theme; empty: it has none, or one without a name. */
  readonly theme: string;
  readonly aspect: Aspect | null;
  /** What its opinions are, while they are not erased. */
  readonly quote: QuoteItem | null;
  /** People who spoke badly of it in the days before it was closed. */
  readonly before: number;
  /** The same since. */
  readonly after: number;
  /** Days on each side that `before` and `after` are counted over, at most 14; 0: closed on the day itself. */
  readonly days: number;
}

/** A case that waits in the department whose digest this is, or, in the company's, one that somebody has promised to answer. */
export interface OpenCase extends CaseStanding {
  readonly tally: Tally;
  readonly urgency: number;
  readonly openedAt: string;
  readonly dueAt: string | null;
  /** How often it was passed on before it came here. */
  readonly bounces: number;
  readonly aspect: Aspect | null;
  readonly theme: string;
  readonly quote: QuoteItem | null;
}

/** What departments have done and have to do. */
export interface WorkFacts {
  readonly closed: readonly ClosedCase[];
  /** Of the department, most urgent first; in the company's digest those that need somebody above a department. */
  readonly open: readonly OpenCase[];
  /** All that are open or accepted in the digest's scope. */
  readonly openCases: number;
  /** Accepted with a due time that is over, or that comes within a day. */
  readonly overdue: number;
  readonly dueSoon: number;
  /** Cases passed on within the period, from one department to another. */
  readonly misroutes: readonly { readonly from: string; readonly to: string; readonly cases: number }[];
}
