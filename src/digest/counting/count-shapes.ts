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
  readonly bySpeaker: Map<number, number>;
  readonly byText: Map<number, number>;
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
    const fresh = { aspect, mixed: 0, newest: -1, sides: 0, bySpeaker: new Map(), byText: new Map() };
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
          more(shape.bySpeaker, speakers[place] ?? 0);
          more(shape.byText, textHash[place] ?? 0);
        }
        if (shape.sides !== MIXED && (shape.sides | side) === MIXED) shape.mixed += 1;
        shape.sides |= side;
      }
    },
    shapes: () =>
      [...shapes.values()]
        .toSorted((a, b) => (a.aspect < b.aspect ? -1 : 1))
        .map(({ aspect, mixed, bySpeaker, byText }) => ({
          aspect,
          mixed,
          byOneAuthor: most(bySpeaker),
          byOneText: most(byText),
        })),
  };
}

function more(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function most(counts: ReadonlyMap<number, number>): number {
  let found = 0;
  for (const count of counts.values()) if (count > found) found = count;
  return found;
}
