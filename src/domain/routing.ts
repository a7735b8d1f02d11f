import type { Aspect, Intent, Polarity, Urgency } from './words.ts';

/**
 * The labels a route's matchers look at, all strings as in Alertmanager; an absent value is the empty string.
 * One opinion has one set. `source` is the first source that heard the mention.
 */
export interface OpinionLabels {
  readonly aspect: Aspect;
  readonly polarity: Polarity;
  readonly intent: Intent | 'none';
  readonly source: string;
  readonly platform: string;
  readonly lang: string;
  /** Name of the linked account, or empty. */
  readonly account: string;
  /** Tier of the linked account as written in the accounts file, or empty. */
  readonly tier: string;
  readonly urgency: `${Urgency}`;
  /** The opinion's clause. */
  readonly text: string;
}

/** What silences and inhibition look at: an opinion's labels, and the department that got it. */
export type PlacedLabels = Readonly<Partial<Record<keyof OpinionLabels | 'department', string>>>;

/** An opinion in a department's case. */
export interface PlacedOpinionLabels {
  readonly caseId: string | null;
  readonly labels: PlacedLabels;
}

/** Alertmanager's four matcher kinds; `=~` and `!~` are anchored RE2. */
export interface Matcher {
  /** One of the {@link OpinionLabels}; in silences and inhibition also `department`. */
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** One node of the routing tree after inheritance: every option is resolved. */
export interface Route {
  /** Position in the tree, e.g. `root`, `root/0`, `root/0/2`; the stable key of its groups. */
  readonly path: string;
  readonly matchers: readonly Matcher[];
  readonly receiver: string;
  readonly department: string;
  /**
   * Aspect to owning department; set where no node below the root names a department, so that the owner of an
   * opinion's aspect gets it and `department` only what nobody owns.
   */
  readonly owners?: ReadonlyMap<Aspect, string>;
  readonly continue: boolean;
  /** Label names, or `...` for every label (no grouping at all). */
  readonly groupBy: readonly string[];
  readonly groupWaitMs: number;
  readonly groupIntervalMs: number;
  readonly repeatIntervalMs: number;
  /** Names of time intervals in which it notifies nobody; not inherited. */
  readonly muteTimes: readonly string[];
  /** Names of the time intervals outside of which it notifies nobody; none means always active. Not inherited. */
  readonly activeTimes: readonly string[];
  readonly routes: readonly Route[];
}

/** Where one opinion goes, and why: one entry for each route that took it. */
export interface RouteMatch {
  readonly route: Route;
  /** Who gets the opinion: the department the route names below the root, else its aspect's owner, else the root's. */
  readonly department: string;
  /** The nodes from the root to the route, each with the matchers that let the opinion through. */
  readonly why: readonly { readonly path: string; readonly matchers: readonly string[] }[];
}

/** Both ends are in it. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Local times that fulfil every part that is given; a part that is missing is fulfilled always. */
export interface TimeWindow {
  /** Minutes since midnight; the end is not in it. */
  readonly times?: readonly Range[];
  /** 0 is Sunday. */
  readonly weekdays?: readonly Range[];
  /** From 1; negative ones count from the end of the month, -1 being its last day. */
  readonly daysOfMonth?: readonly Range[];
  /** From 1. */
  readonly months?: readonly Range[];
  readonly years?: readonly Range[];
  /** IANA zone. */
  readonly zone: string;
}

/** Holds while one of its windows does. */
export interface TimeInterval {
  readonly name: string;
  readonly windows: readonly TimeWindow[];
}

/** While an open case fulfils all `source` matchers, what fulfils all `target` ones and has the same `equal` labels is muted. */
export interface InhibitRule {
  readonly source: readonly Matcher[];
  readonly target: readonly Matcher[];
  readonly equal: readonly string[];
}

/** Why something is not notified just now. It stays waiting, and is notified when this ends if its case is then still open. */
export interface Mute {
  readonly kind: 'time' | 'silence' | 'inhibition' | 'snooze';
  /** One line for people. */
  readonly reason: string;
  /** When it ends, where that is known; ISO 8601. */
  readonly until: string | null;
  /** The silence, or the open case that inhibits. */
  readonly by: string | null;
}

/** What is not notified from `startsAt` on, until `endsAt`: opinions that fulfil all of its matchers. */
export interface Silence {
  readonly id: string;
  readonly matchers: readonly Matcher[];
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly author: string;
  readonly reason: string;
}
