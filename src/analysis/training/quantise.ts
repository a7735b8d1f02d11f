import { DIMENSIONS } from '../features/word-vectors.ts';
import { OUTPUTS } from '../heads/outputs.ts';
import { HASHED_BYTES, type Weights } from '../heads/weights.ts';
import type { Learner } from './learner.ts';

/** Share of the largest weights that int8 cuts off: a finer step for all others is worth more. */
const CUT = 0.0005;
const LARGEST = 127;

/** Turns learned weights into int8 with one scale an output. */
export function quantise(learner: Learner): Weights {
  const hashed = new Int8Array(HASHED_BYTES);
  const scales = new Float32Array(OUTPUTS);
  const rows = HASHED_BYTES / OUTPUTS;
  const sizes = new Float32Array(rows);
  for (let o = 0; o < OUTPUTS; o += 1) {
    for (let row = 0; row < rows; row += 1) sizes[row] = Math.abs(learner.weights[row * OUTPUTS + o] ?? 0);
    sizes.sort();
    const scale = (sizes[Math.floor(rows * (1 - CUT))] ?? 0) / LARGEST;
    scales[o] = scale;
    if (scale === 0) continue;
    for (let row = 0; row < rows; row += 1) {
      const value = Math.round((learner.weights[row * OUTPUTS + o] ?? 0) / scale);
      hashed[row * OUTPUTS + o] = Math.max(-LARGEST, Math.min(LARGEST, value));
    }
  }
  return {
    hashed,
    scales,
    vector: learner.vectorWeights.slice(0, DIMENSIONS * OUTPUTS),
    biases: learner.biases.slice(),
  };
}
