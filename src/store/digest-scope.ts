import type { DayWindow } from '../domain/digest.ts';
import type { CountScope } from '../domain/ports/digest-read-model.ts';

/** The parameters $1 to $4 of every counting statement. */
export function countParameters({ cutOff, aspects, pins }: CountScope, days: string): readonly string[] {
  return [JSON.stringify(cutOff), days, JSON.stringify(aspects), JSON.stringify(pins)];
}

export function dayList(days: Readonly<Record<string, DayWindow>>): string {
  return JSON.stringify(Object.entries(days).map(([key, day]) => ({ key, ...day })));
}
