const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far away an instant is, in one short word: `5m`, `3h`, `2d`, `now`. */
export function distance(instant: string, now: number): string {
  const away = Math.abs(Date.parse(instant) - now);
  if (away < MINUTE) return 'now';
  if (away < HOUR) return `${Math.floor(away / MINUTE)}m`;
  if (away < DAY) return `${Math.floor(away / HOUR)}h`;
  return `${Math.floor(away / DAY)}d`;
}

/** `24 Nov 2026, 07:30` where the reader is. */
export function moment(instant: string): string {
  return new Date(instant).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}

/** `24 Nov 2026` where the reader is. */
export function dayOf(instant: string): string {
  return new Date(instant).toLocaleDateString('en-GB', { dateStyle: 'medium' });
}

/** A local day, `2026-11-24`, as `Tue 24 Nov 2026`. */
export function dayName(day: string): string {
  return new Date(`${day}T12:00:00`).toLocaleDateString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
}

/** The local day some days later; negative for before. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Eight in the morning, where the reader is, of the next day or the next Monday. */
export function morning(which: 'tomorrow' | 'monday', now: Date): Date {
  const at = new Date(now);
  const toMonday = (8 - now.getDay()) % 7 || 7;
  at.setDate(now.getDate() + (which === 'tomorrow' ? 1 : toMonday));
  at.setHours(8, 0, 0, 0);
  return at;
}
