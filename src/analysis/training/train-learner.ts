import { BUILT_IN_ASPECTS } from '../../domain/words.ts';
import {
  OBJECT_AT,
  OUTPUTS,
  objectAt,
  POLARITY_AT,
  POLARITY_OBJECTS,
  SPAM_AT,
  sigmoid,
  VOICE_AT,
} from '../heads/outputs.ts';
import { chancesOf, POOLED, poolPolarity, poolStrongest, shareByAspect, WHOLE } from '../heads/pooling.ts';
import { MOST_CLAUSES } from '../heads/units.ts';
import { type Example, UNKNOWN } from './example.ts';
import { Learner, type LearnerOptions } from './learner.ts';
import { createRandom, shuffle } from './random.ts';

export interface TrainOptions extends LearnerOptions {
  readonly epochs: number;
  readonly seed: number;
  readonly onEpoch?: (epoch: number) => void;
}

/** Texts to the world at large are many times more than customers' in what we learn from. */
const WORLD_WEIGHT = 0.2;
/** What tells nothing but a mood is learned from in every third round: there is so much of it that more would be learned by heart. */
const MOOD_TURNS = 3;
const FIRST_ASPECT = POLARITY_OBJECTS.length - BUILT_IN_ASPECTS.length;
/** Spam, voice, shared polarity and the mood stand together: all that most texts teach. */
const OVERALL = { low: SPAM_AT, high: OBJECT_AT + 2 };

/** Learns all heads together, one example at a time. The same examples and options give the same weights. */
export function trainLearner(examples: readonly Example[], options: TrainOptions): Learner {
  const learner = new Learner(options);
  const random = createRandom(options.seed);
  const step = createStep(learner);
  const turns = Array.from({ length: MOOD_TURNS }, (_, turn) =>
    examples.filter((example, at) => !tellsMoodAlone(example) || at % MOOD_TURNS === turn),
  );
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    const order = turns[epoch % MOOD_TURNS] ?? [];
    shuffle(order, random);
    for (const example of order) {
      learner.mask = options.dropout === 0 ? 0 : Math.floor(random() * 0x7fffffff) + 1;
      learner.isBare = random() < options.bare;
      learner.isBlind = !learner.isBare && random() < options.blind;
      step(example);
    }
    options.onEpoch?.(epoch);
  }
  learner.mask = 0;
  learner.isBare = false;
  learner.isBlind = false;
  return learner;
}

function createStep(learner: Learner): (example: Example) => void {
  const most = MOST_CLAUSES + 1;
  const logits = new Float32Array(most * OUTPUTS);
  const gradients = new Float32Array(most * OUTPUTS);
  const shares = new Float32Array(most);
  const touched: number[][] = Array.from({ length: most }, () => []);

  const add = (units: number, output: number, gradient: number): void => {
    for (let unit = 0; unit < units; unit += 1) {
      const share = shares[unit] ?? 0;
      if (share < 0.02) continue;
      const at = unit * OUTPUTS + output;
      if (!touched[unit]?.includes(output)) {
        touched[unit]?.push(output);
        gradients[at] = 0;
      }
      gradients[at] = (gradients[at] ?? 0) + gradient * share;
    }
  };
  const addPolarity = (example: Example, object: number): void => {
    const target = example.polarities[object] ?? UNKNOWN;
    const name = POLARITY_OBJECTS[object];
    if (target === UNKNOWN || name === undefined) return;
    const units = example.units.length;
    const [negative, , positive] = chancesOf(poolPolarity(logits, units, name, shares));
    const [forNegative, forPositive] = [
      (negative - (target === -1 ? 1 : 0)) * example.weight,
      (positive - (target === 1 ? 1 : 0)) * example.weight,
    ];
    add(units, POLARITY_AT, forNegative);
    add(units, POLARITY_AT + 1, forPositive);
    add(units, objectAt(name), forNegative);
    add(units, objectAt(name) + 1, forPositive);
  };

  return (example) => {
    const units = example.units.length;
    const isWorld = tellsMoodAlone(example);
    const { low, high } = isWorld ? OVERALL : { low: 0, high: OUTPUTS };
    for (const [at, unit] of example.units.entries()) learner.read(unit, low, high, logits, at * OUTPUTS);
    for (const output of POOLED) {
      const target = example.targets[output] ?? -1;
      if (target === -1) continue;
      const logit = poolStrongest(logits, units, output, shares);
      add(units, output, (sigmoid(logit) - target) * example.weight);
    }
    shares.fill(0, 0, units);
    shares[0] = 1;
    for (const output of WHOLE) {
      const target = example.targets[output] ?? -1;
      if (target !== -1)
        add(
          1,
          output,
          (sigmoid(logits[output] ?? 0) - target) *
            example.weight *
            (isWorld || (output === VOICE_AT && target === 0) ? WORLD_WEIGHT : 1),
        );
    }
    for (let object = 0; object < FIRST_ASPECT; object += 1) addPolarity(example, object);
    for (const [aspect] of BUILT_IN_ASPECTS.entries()) {
      if ((example.polarities[FIRST_ASPECT + aspect] ?? UNKNOWN) === UNKNOWN) continue;
      shareByAspect(logits, units, aspect, shares);
      addPolarity(example, FIRST_ASPECT + aspect);
    }
    for (const [at, unit] of example.units.entries()) {
      const outputs = touched[at] ?? [];
      if (outputs.length > 0)
        learner.learn(unit, outputs, gradients.subarray(at * OUTPUTS, (at + 1) * OUTPUTS));
      outputs.length = 0;
    }
  };
}

function tellsMoodAlone({ targets, polarities }: Example): boolean {
  return (
    polarities[0] !== UNKNOWN &&
    targets.every((target, output) => target === -1 || output === VOICE_AT || output === SPAM_AT) &&
    polarities.subarray(1).every((one) => one === UNKNOWN)
  );
}
