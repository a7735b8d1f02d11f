import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { AttemptEnd, ClaimedDelivery } from '../domain/ports/delivery-store.ts';
import type { PollEnd, SourceStore } from '../domain/ports/source-store.ts';
import type { Clock } from '../lib/clock.ts';
import { healthOf } from '../pipeline/source-health.ts';
import type { Sql } from '../store/database.ts';

export interface Metrics {
  /** Prometheus text format. */
  render(): Promise<string>;
  readonly contentType: string;
  readonly countAttempt: (delivery: ClaimedDelivery, end: AttemptEnd) => void;
  readonly countPoll: (source: string, end: PollEnd) => void;
}

const BACKLOG = `SELECT
  (SELECT count(*)::int FROM waiting_mention WHERE stage = 'analyse') AS to_analyse,
  (SELECT count(*)::int FROM waiting_mention WHERE stage = 'route') AS to_route,
  (SELECT count(*)::int FROM delivery WHERE status = 'pending') AS to_deliver,
  (SELECT count(*)::int FROM delivery WHERE status = 'dead') AS dead,
  (SELECT count(*)::int FROM config_refusal) AS refused,
  (SELECT coalesce(extract(epoch FROM now() - min(due_at)), 0)::float8 FROM delivery WHERE status = 'pending' AND due_at < now()) AS oldest_due`;

interface Backlog {
  readonly to_analyse: number;
  readonly to_route: number;
  readonly to_deliver: number;
  readonly dead: number;
  readonly refused: number;
  readonly oldest_due: number;
}

/** The numbers that tell an operator whether work flows; the backlog is read from Postgres when it is asked for. */
export function createMetrics(sql: Sql, sources: SourceStore, clock: Clock): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const attempts = new Counter({
    name: 'delivery_attempts_total',
    help: 'Attempts to deliver, by integration and result',
    labelNames: ['integration', 'result'],
    registers,
  });
  const backlog = new Gauge({
    name: 'backlog',
    help: 'Rows in Postgres that wait for a stage',
    labelNames: ['stage'],
    registers,
  });
  const dead = new Gauge({
    name: 'dlq_size',
    help: 'Deliveries that were given up and wait for a replay',
    registers,
  });
  const oldest = new Gauge({
    name: 'outbox_oldest_due_seconds',
    help: 'Age of the oldest delivery that is due',
    registers,
  });
  const configIsWell = new Gauge({
    name: 'config_last_reload_successful',
    help: 'Whether the newest config is in force: 0 while one was refused and the one before stays',
    registers,
  });
  const polls = new Counter({
    name: 'source_polls_total',
    help: 'Polls that ended, by source and result',
    labelNames: ['source', 'result'],
    registers,
  });
  const lag = new Gauge({
    name: 'ingest_lag_seconds',
    help: 'Seconds since a source had nothing left to fetch',
    labelNames: ['source'],
    registers,
  });
  const lastSuccess = new Gauge({
    name: 'source_last_success_timestamp',
    help: 'When a source was last read without an error, Unix seconds',
    labelNames: ['source'],
    registers,
  });
  const reads = new Gauge({
    name: 'source_reads_billed_total',
    help: 'Reads that a platform billed, by source',
    labelNames: ['source'],
    registers,
  });
  return {
    contentType: registry.contentType,
    countPoll: (source, { result }) => polls.inc({ source, result }),
    countAttempt: ({ integration }, { result }) => attempts.inc({ integration, result }),
    async render() {
      const [now] = await sql.query<Backlog>(BACKLOG);
      backlog.set({ stage: 'analyse' }, now?.to_analyse ?? 0);
      backlog.set({ stage: 'route' }, now?.to_route ?? 0);
      backlog.set({ stage: 'deliver' }, now?.to_deliver ?? 0);
      dead.set(now?.dead ?? 0);
      oldest.set(now?.oldest_due ?? 0);
      configIsWell.set(now?.refused === 0 ? 1 : 0);
      for (const gauge of [lag, lastSuccess, reads]) gauge.reset();
      for (const facts of await sources.readFacts()) {
        const source = facts.name;
        const { lagSeconds } = healthOf(facts, clock());
        if (lagSeconds !== null) lag.set({ source }, lagSeconds);
        if (facts.lastSuccessAt) lastSuccess.set({ source }, facts.lastSuccessAt.getTime() / 1000);
        if (facts.budgetMicros !== null) reads.set({ source }, facts.reads);
      }
      return registry.metrics();
    },
  };
}
