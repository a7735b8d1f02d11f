import { createHash } from 'node:crypto';
import type { AspectHint } from '../domain/opinion.ts';

/** Version of the model and, when the workspace adds words of its own or has taught it, a digest of them and the name of what was learned. */
export function versionWith(model: string, hints: readonly AspectHint[], learned?: string): string {
  const words = hints.map(({ aspect, seeds, examples = [], description = '' }) => [
    aspect,
    ...seeds,
    ...(examples.length === 0 ? [] : ['', description, ...examples]),
  ]);
  const digest = createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 8);
  return [model, ...(hints.length === 0 ? [] : [digest]), ...(learned === undefined ? [] : [learned])].join(
    '+',
  );
}
