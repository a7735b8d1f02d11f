import { beforeEach, describe, expect, it } from 'vitest';
import { createWatch, type Watch } from '../../../workers/watch.ts';

let watch: Watch;
beforeEach(() => {
  watch = createWatch(['analyse', 'route']);
});

/** Looks every five seconds, as the reconciler does, and answers what the last look found. */
function lookUntil(seconds: number, from = 0): readonly string[] {
  let found: readonly string[] = [];
  for (let now = from; now <= seconds; now += 5) found = watch.look(['analyse'], now * 1_000);
  return found;
}

describe('a queue whose work waits', () => {
  it('is stuck after a minute without one turn', () => {
    expect(lookUntil(55)).toEqual([]);
    expect(lookUntil(60, 60)).toEqual(['analyse']);
  });

  it('is not stuck while turns come', () => {
    lookUntil(40);
    watch.turnBegins('analyse');
    watch.turnEnds('analyse');

    expect(lookUntil(100, 45)).toEqual([]);
    expect(lookUntil(105, 105)).toEqual(['analyse']);
  });

  it('is not stuck while a long turn runs', () => {
    watch.turnBegins('analyse');

    expect(lookUntil(300)).toEqual([]);
  });

  it('is not stuck when the work was gone at one look, as after an outage', () => {
    lookUntil(55);
    watch.look([], 58_000);

    expect(lookUntil(100, 60)).toEqual([]);
  });

  it('is somebody else’s when this process does not serve it', () => {
    watch.look(['deliver'], 0);

    expect(watch.look(['deliver'], 600_000)).toEqual([]);
  });
});
