import { z } from 'zod';

const UNITS = [
  ['y', 365 * 86_400_000],
  ['w', 7 * 86_400_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

const SPELLING =
  /^(?=\d)(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?$/;

/** 100 years: longer is a slip of the keyboard, and stays far inside what timers and databases can count. */
const LONGEST_MS = 100 * 365 * 86_400_000;

/**
 * Reads a duration as Prometheus spells it, largest unit first (`30s`, `1h30m`, `400d`; `0` alone needs no unit), into
 * milliseconds; undefined when it is not one or is longer than 100 years.
 */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  const found = SPELLING.exec(text);
  if (found === null) return undefined;
  const total = UNITS.reduce((sum, [, size], index) => sum + Number(found[index + 1] ?? 0) * size, 0);
  return total <= LONGEST_MS ? total : undefined;
}

/** Prints milliseconds so that {@link parseDuration} reads them back, in the largest units from days down: `1h30m`. */
export function formatDuration(milliseconds: number): string {
  let rest = Math.round(milliseconds);
  let text = '';
  for (const [unit, size] of UNITS.slice(2)) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text === '' ? '0s' : text;
}

/** How options declare a duration: Prometheus' spelling comes in, milliseconds come out. */
export const durationOption = z.string().transform((text, context) => {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined) return milliseconds;
  context.addIssue({ code: 'custom', message: 'is no duration; write it like 30s, 5m, 1h30m or 7d' });
  return z.NEVER;
});
