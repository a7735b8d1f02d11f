import { createHash } from 'node:crypto';
import type { AspectHint } from '../domain/opinion.ts';

/** Changes with every change of words or rules that may read a text differently. */
const RULES_VERSION = 'rules-2';

/** Rules version and, when the workspace adds words of its own, a digest of them. */
export function modelVersionOf(hints: readonly AspectHint[]): string {
  if (hints.length === 0) return RULES_VERSION;
  const words = hints.map(({ aspect, seeds }) => [aspect, ...seeds]);
  return `${RULES_VERSION}+${createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 8)}`;
}
