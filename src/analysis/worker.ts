import { workerData } from 'node:worker_threads';
import { z } from 'zod';
import type { Classification, ClassifierInput } from '../domain/opinion.ts';
import { createEngine, shippedParts } from './engine.ts';
import { Residual } from './learning/residual.ts';

const settings = z.object({
  hints: z.array(
    z.object({
      aspect: z.string(),
      description: z.string().exactOptional(),
      seeds: z.array(z.string()),
      examples: z.array(z.string()).exactOptional(),
    }),
  ),
  learned: z.instanceof(Float32Array).nullable(),
});

// A thread is a process of its own: its engine is built once, when the thread starts, not at the first text.
const { hints, learned } = settings.parse(workerData);
const engine = createEngine(hints, { ...shippedParts(), residual: learned && new Residual(learned) });

/** Analyses a batch; throws when any text of it does. */
export function run(inputs: readonly ClassifierInput[]): Classification[] {
  return inputs.map((input) => engine.analyse(input));
}

/** Tells that the thread is up and its words are loaded. */
export function ping(): void {
  engine.analyse({ text: 'The app is great.', lang: 'en' });
}
