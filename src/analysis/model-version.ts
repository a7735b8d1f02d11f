import { createHash } from 'node:crypto';
import type { AspectHint } from '../domain/opinion.ts';

/** Version of the model and, when the workspace adds words of its own, a digest of them. */
export function versionWith(model: string, hints: readonly AspectHint[]): string {
  if (hints.length === 0) return model;
  const words = hints.map(({ aspect, seeds }) => [aspect, ...seeds]);
  return `${model}+${createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 8)}`;
}
