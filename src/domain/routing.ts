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

/** Alertmanager's four matcher kinds; `=~` and `!~` are anchored RE2. */
export interface Matcher {
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
