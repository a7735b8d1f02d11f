export interface GatherLimits<Item> {
  /** Most items in a batch, and most that are read ahead. */
  readonly items: number;
  /** Most that a batch may weigh; the item that passes it still goes in. */
  readonly weight: number;
  readonly weigh: (item: Item) => number;
}

/**
 * Reads ahead and hands on whatever has come meanwhile: single items from a slow source at once, full batches from a fast
 * one, in order. Reading stops while a batch is full. Errors of the source are thrown after what came before them.
 */
export async function* gather<Item>(
  source: AsyncIterable<Item>,
  { items, weight, weigh }: GatherLimits<Item>,
): AsyncGenerator<Item[], void, void> {
  const iterator = source[Symbol.asyncIterator]();
  const read = (): Promise<Outcome<Item>> => settle(iterator.next());
  let held: Item[] = [];
  let heldWeight = 0;
  let pending = read();
  let end: Outcome<Item> | null = null;
  try {
    while (end === null || held.length > 0) {
      const isFull = held.length >= items || heldWeight >= weight;
      const next: Outcome<Item> | null =
        isFull || end !== null ? null : await soonest(pending, held.length > 0);
      if (next === null) {
        yield held;
        held = [];
        heldWeight = 0;
      } else if ('thrown' in next || next.result.done === true) {
        end = next;
      } else {
        held.push(next.result.value);
        heldWeight += weigh(next.result.value);
        pending = read();
      }
    }
    if (end !== null && 'thrown' in end) throw end.thrown;
  } finally {
    // Not awaited: a source that is silent would hold its reader up for ever.
    if (end === null && iterator.return !== undefined) void settle(iterator.return());
  }
}

type Outcome<Item> = { readonly result: IteratorResult<Item> } | { readonly thrown: unknown };

/** A failure is kept for its turn instead of being reported as unhandled while nobody waits for it. */
async function settle<Item>(promise: Promise<IteratorResult<Item>>): Promise<Outcome<Item>> {
  try {
    return { result: await promise };
  } catch (thrown) {
    return { thrown };
  }
}

/** The promise's answer, or null when something is held already and no answer is there within a turn of the event loop. */
async function soonest<Answer>(promise: Promise<Answer>, hasOther: boolean): Promise<Answer | null> {
  if (!hasOther) return promise;
  return Promise.race([promise, new Promise<null>((resolve) => setImmediate(resolve, null))]);
}
