import type { AspectShape } from '../../domain/digest.ts';
import type { Aspect } from '../../domain/words.ts';
import type { Speech } from './people.ts';

const [NEGATIVE, POSITIVE, MIXED] = [1, 2, 3] as const;

/** The messages of one aspect. */
interface Shape {
  readonly aspect: Aspect;
  mixed: number;
  newest: number;
  /** Which ways the newest message spoke, as bits. */
  sides: number;
  /** By message. */
  readonly speakers: number[];
  readonly texts: number[];
}

/** How each aspect's messages of a day hang together. */
export interface ShapeCount {
  add(speech: Speech): void;
  shapes(): readonly AspectShape[];
}

/** Counts what is about the aspects; null: everything. */
export function createShapeCount(aspects: readonly Aspect[] | null): ShapeCount {
  const shapes = new Map<Aspect, Shape>();
  const shapeOf = (aspect: Aspect): Shape | null => {
    if (aspects !== null && !aspects.includes(aspect)) return null;
    const known = shapes.get(aspect);
    if (known) return known;
    const fresh = { aspect, mixed: 0, newest: -1, sides: 0, speakers: [], texts: [] };
    shapes.set(aspect, fresh);
    return fresh;
  };
  return {
    add({ rollup, speakers, firstMessage }) {
      const { label, message, textHash } = rollup;
      const ofLabel = rollup.labels.map(({ aspect, polarity }) => ({
        shape: shapeOf(aspect),
        side: polarity === 'negative' ? NEGATIVE : polarity === 'positive' ? POSITIVE : 0,
      }));
      for (let at = 0; at < label.length; at += 1) {
        const { shape, side } = ofLabel[label[at] ?? 0] ?? { shape: null, side: 0 };
        if (shape === null) continue;
        const place = message[at] ?? 0;
        if (shape.newest !== firstMessage + place) {
          shape.newest = firstMessage + place;
          shape.sides = 0;
          shape.speakers.push(speakers[place] ?? 0);
          shape.texts.push(textHash[place] ?? 0);
        }
        if (shape.sides !== MIXED && (shape.sides | side) === MIXED) shape.mixed += 1;
        shape.sides |= side;
      }
    },
    shapes: () =>
      [...shapes.values()]
        .toSorted((a, b) => (a.aspect < b.aspect ? -1 : 1))
        .map(({ aspect, mixed, speakers, texts }) => ({
          aspect,
          mixed,
          byOneAuthor: mostOfOne(speakers),
          byOneText: mostOfOne(texts),
        })),
  };
}

/** How many times the number stands there that stands there most. */
function mostOfOne(numbers: readonly number[]): number {
  const sorted = Int32Array.from(numbers).toSorted();
  let [most, run] = [0, 0];
  for (let at = 0; at < sorted.length; at += 1) {
    run = sorted[at] === sorted[at - 1] ? run + 1 : 1;
    if (run > most) most = run;
  }
  return most;
}
