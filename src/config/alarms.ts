import { z } from 'zod';
import type { DueRules } from '../domain/due.ts';
import type { TimeInterval } from '../domain/routing.ts';
import type { SpikeRules } from '../domain/spike.ts';
import { URGENCIES } from '../domain/words.ts';
import { durationOption } from '../lib/duration.ts';
import { checked } from './checked.ts';
import { checkHasWayOut, type Sections } from './cross-checks.ts';
import { checkReference, type KnownNames } from './references.ts';
import type { YamlDocument } from './yaml-document.ts';

const duration = durationOption.refine((milliseconds) => milliseconds > 0, 'must be longer than 0');

/** When more complaints than usual are an alarm. */
const spikesSchema = z.strictObject({
  enabled: z.boolean().default(true),
  min_people: z.int().min(2).max(100_000).default(5),
  factor: z.number().min(1.1).max(100).default(2),
  cooldown: duration.default(24 * 60 * 60 * 1000),
});

/** By when cases are to be closed. */
const dueSchema = z.strictObject({
  urgency_3: duration.optional(),
  urgency_2: duration.optional(),
  urgency_1: duration.optional(),
  urgency_0: duration.optional(),
  during: z.string().min(1).optional(),
  escalate_to: z.string().min(1).optional(),
});

/** Null: nobody wants to hear of spikes. */
export function readSpikes(document: YamlDocument, value: unknown = {}): SpikeRules | null {
  const read = checked(document, { schema: spikesSchema, value, path: ['spikes'] });
  if (read === undefined || !read.enabled) return null;
  return { minPeople: read.min_people, factor: read.factor, cooldownMs: read.cooldown };
}

interface Known {
  readonly document: YamlDocument;
  readonly names: KnownNames;
  readonly receivers: Sections['receivers'];
  readonly timeIntervals: readonly TimeInterval[];
}

export function readDue({ document, names, receivers, timeIntervals }: Known, value: unknown = {}): DueRules {
  const read = checked(document, { schema: dueSchema, value, path: ['due'] }) ?? {};
  const { during = null, escalate_to: escalateTo = null } = read;
  if (during !== null)
    checkReference(document, {
      name: during,
      known: names.timeIntervals,
      noun: 'time interval',
      path: ['due', 'during'],
    });
  if (escalateTo !== null) {
    const path = ['due', 'escalate_to'];
    checkReference(document, { name: escalateTo, known: names.receivers, noun: 'receiver', path });
    checkHasWayOut(document, receivers, { name: escalateTo, path });
  }
  return {
    withinMs: Object.fromEntries(
      URGENCIES.flatMap((urgency) => {
        const ms = read[`urgency_${urgency}`];
        return ms === undefined ? [] : [[urgency, ms]];
      }),
    ),
    during: timeIntervals.find(({ name }) => name === during) ?? null,
    escalateTo,
  };
}
