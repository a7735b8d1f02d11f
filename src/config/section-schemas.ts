import { z } from 'zod';
import { EDITIONS } from '../domain/digest.ts';
import { NAMED_KINDS } from '../domain/entity.ts';
import { createAddressGuard } from '../lib/address-guard.ts';
import { toAppError } from '../lib/app-error.ts';
import { closestWord } from '../lib/closest-word.ts';
import { durationOption } from '../lib/duration.ts';
import { isZone } from '../lib/zone.ts';

const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._&'-]{0,62}[\p{L}\p{N}.])?$/u;

/** What an entry of a list may be called. */
export const entryName = z
  .string()
  .regex(NAME, "must be 1 to 64 letters, digits, spaces and . _ & ' -, with a letter or digit first");

/** A name used as a reference; whether it exists is checked where all names are known. */
const reference = z.string().min(1);

/** An IANA time zone. */
export const zone = z.string().superRefine((text, context) => {
  if (isZone(text)) return;
  const meant = closestWord(text, Intl.supportedValuesOf('timeZone'));
  const remedy = meant === undefined ? 'write it like Europe/London' : `did you mean "${meant}"?`;
  context.addIssue({ code: 'custom', message: `is no IANA time zone, ${remedy}` });
});

const positiveDuration = durationOption.refine((milliseconds) => milliseconds > 0, 'must be longer than 0');

const domain = z
  .string()
  .toLowerCase()
  .regex(/^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u, 'must be a mail domain such as firm.example, without "@"');

const handle = z
  .string()
  .regex(/^@?[^\s@]+(@[^\s@]+)?$/, 'must be a handle such as @firm')
  .transform((text) => text.replace(/^@/, '').toLowerCase());

const network = z.string().superRefine((text, context) => {
  try {
    createAddressGuard({ privateNetworks: [text] });
  } catch (thrown) {
    if (toAppError(thrown).kind !== 'invalid-input') throw thrown;
    context.addIssue({ code: 'custom', message: 'is no network; write it like 10.0.0.0/8 or 192.0.2.7' });
  }
});

export const workspaceSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  /** IANA zone; the default of digests. */
  timezone: zone.default('UTC'),
  /** How the company itself speaks, lower-case and without the leading `@`. */
  ours: z
    .strictObject({ domains: z.array(domain).default([]), handles: z.array(handle).default([]) })
    .default({ domains: [], handles: [] }),
  private_networks: z.array(network).default([]),
  /** Mail address of who decides whose a case is that two departments passed on. */
  arbiter: z.email().toLowerCase().optional(),
});

export const aspectSchema = z.strictObject({
  description: z.string().trim().min(1).max(200).optional(),
  seeds: z.array(z.string().trim().min(1).max(80)).max(500).optional(),
  examples: z.array(z.string().trim().min(1).max(500)).min(5).max(200).optional(),
});

export const departmentSchema = z.strictObject({ name: entryName, aspects: z.array(reference).default([]) });

/** Every second is for tests and feeds on this machine; oftener is nobody's wish. */
const pollInterval = durationOption.refine((milliseconds) => milliseconds >= 1000, 'must be 1s or longer');

export const sourceSchema = z.looseObject({
  name: entryName,
  kind: reference,
  /** How often it is polled; default: the kind's own. */
  every: pollInterval.optional(),
  /** After how much silence people are told; default: told from its habits. */
  silent_after: positiveDuration.optional(),
});

export const integrationSchema = z.looseObject({
  /** Whether what tells who somebody is (mail addresses, phone numbers, cards, IBANs, national ids) is masked. */
  mask_pii: z.boolean().default(false),
});

export const receiverSchema = z.looseObject({ name: entryName });

export const entitySchema = z.strictObject({
  name: entryName,
  kind: z.enum(NAMED_KINDS),
  aliases: z.array(z.string().trim().min(2).max(80)).max(100).default([]),
});

export const audienceSchema = z.strictObject({
  name: entryName,
  receivers: z.array(reference).min(1),
  /** Whether people may have its digests by mail at their own time. */
  subscriptions: z
    .strictObject({
      /** The receiver whose first e-mail way out sends them. */
      by: reference,
      /** Mail domains that an administrator may add without asking; others confirm first. */
      domains: z.array(domain).default([]),
    })
    .optional(),
});

export const digestSchema = z.strictObject({
  name: entryName,
  audience: reference,
  /** Only the opinions of this department; everything when it is missing. */
  department: reference.optional(),
  /** Local time of day. */
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day from 00:00 to 23:59, written like '07:30'"),
  /** Default: the workspace's. */
  zone: zone.optional(),
  /** A week ends on Sunday, a month on its last day; default: each day. */
  every: z.enum(EDITIONS).optional(),
  /** What an empty day sends. */
  empty: z.enum(['line', 'skip']).default('line'),
});

export const routeSchema = z.strictObject({
  receiver: reference.optional(),
  department: reference.optional(),
  matchers: z.array(z.string()).optional(),
  continue: z.boolean().optional(),
  group_by: z.array(z.string()).optional(),
  group_wait: durationOption.optional(),
  group_interval: positiveDuration.optional(),
  repeat_interval: positiveDuration.optional(),
  mute_time_intervals: z.array(reference).optional(),
  active_time_intervals: z.array(reference).optional(),
  routes: z.array(z.unknown()).optional(),
});

export const inhibitRuleSchema = z.strictObject({
  source_matchers: z.array(z.string()).min(1),
  target_matchers: z.array(z.string()).min(1),
  equal: z.array(z.string()).default([]),
});
