import type { z } from 'zod';
import type { Edition } from '../domain/digest.ts';
import type { DueRules } from '../domain/due.ts';
import type { NamedEntity } from '../domain/entity.ts';
import type { AspectHint } from '../domain/opinion.ts';
import type { InhibitRule, Route, TimeInterval } from '../domain/routing.ts';
import type { SpikeRules } from '../domain/spike.ts';

/** One way out of a receiver. */
export interface Integration {
  readonly kind: string;
  /** Position among the receiver's ways out of this kind, from 0. */
  readonly index: number;
  /** As the kind's own schema gives them, secrets as `Secret`. */
  readonly options: unknown;
  /** What tells who somebody is does not go out this way. */
  readonly maskPii: boolean;
}

export interface ReceiverConfig {
  readonly name: string;
  readonly integrations: readonly Integration[];
}

export interface SourceConfig {
  readonly name: string;
  readonly kind: string;
  /** How often it is polled; missing: as often as its kind wants. */
  readonly everyMs?: number;
  /** After how much silence people are told; missing: told from its habits. */
  readonly silentAfterMs?: number;
  /** As the kind's own schema gives them, secrets as `Secret`. */
  readonly options: unknown;
}

export interface DepartmentConfig {
  readonly name: string;
  /** Aspects it owns; an aspect has at most one owner. */
  readonly aspects: readonly string[];
}

export interface AudienceConfig {
  readonly name: string;
  /** Names of receivers, at least one. */
  readonly receivers: readonly string[];
  /** By which receiver's mail people may have its digests at their own time, and the domains of those who need not confirm. */
  readonly subscriptions?: { readonly by: string; readonly domains: readonly string[] } | undefined;
}

interface DigestConfig {
  readonly name: string;
  readonly audience: string;
  /** Only what this department gets; undefined means everything. */
  readonly department: string | undefined;
  /** Local time of day, `HH:MM`. */
  readonly at: string;
  /** IANA zone. */
  readonly zone: string;
  /** How long a time it covers; missing: a day. */
  readonly every?: Edition | undefined;
  /** What an empty day does: send one line, or nothing. */
  readonly empty: 'line' | 'skip';
}

export interface WorkspaceConfig {
  readonly name: string;
  /** IANA zone. */
  readonly timezone: string;
  /** How the company itself speaks: lower-case mail domains, lower-case handles without `@`. */
  readonly ours: { readonly domains: readonly string[]; readonly handles: readonly string[] };
  /** Networks that sources and receivers may reach though they are not public: CIDR blocks or addresses. */
  readonly privateNetworks: readonly string[];
  /** Lower-case mail address of who decides whose a case is that two departments passed on; null: executives and administrators do. */
  readonly arbiter: string | null;
}

/** A checked `earshot.yaml`: every default filled in, every name known to exist. */
export interface EarshotConfig {
  readonly workspace: WorkspaceConfig;
  /** The built-in four first, then the workspace's own in the order of the file. */
  readonly aspects: readonly AspectHint[];
  readonly departments: readonly DepartmentConfig[];
  readonly sources: readonly SourceConfig[];
  readonly receivers: readonly ReceiverConfig[];
  /** What texts may name, accounts aside. */
  readonly entities: readonly NamedEntity[];
  /** The root of the routing tree, after inheritance. */
  readonly route: Route;
  readonly inhibitRules: readonly InhibitRule[];
  readonly timeIntervals: readonly TimeInterval[];
  /** Null: nobody is told of spikes. */
  readonly spikes: SpikeRules | null;
  readonly due: DueRules;
  readonly audiences: readonly AudienceConfig[];
  readonly digests: readonly DigestConfig[];
}

/** The plug-in kinds that the file may name, each with the schema of its options. */
export interface Registries {
  readonly receivers: ReadonlyMap<string, { readonly options: z.ZodType }>;
  readonly sources: ReadonlyMap<string, { readonly options: z.ZodType }>;
}
