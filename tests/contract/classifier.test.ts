import { afterEach, describe, expect, it } from 'vitest';
import { createEngine } from '../../src/analysis/engine.ts';
import {
  createPooledClassifier,
  type PooledClassifierOptions,
} from '../../src/analysis/pooled-classifier.ts';
import type { Classifier } from '../../src/domain/ports/classifier.ts';
import { AppError } from '../../src/lib/app-error.ts';

const opened: Classifier[] = [];

function open(options: Partial<PooledClassifierOptions> = {}): Classifier {
  const classifier = createPooledClassifier({ hints: [], threads: 1, deadlineMs: 5_000, ...options });
  opened.push(classifier);
  return classifier;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((classifier) => classifier.close()));
});

describe.each([{ threads: 1 }, { threads: 2 }])('classifier over $threads threads', ({ threads }) => {
  it('answers every input in order with what the engine says', async () => {
    const texts = Array.from({ length: 200 }, (_, at) => ({
      text: at % 2 === 0 ? `The app is bad, case ${at}` : `Support was great, case ${at}`,
    }));
    const engine = createEngine([]);
    const answers = await open({ threads }).classify(texts);
    expect(answers).toEqual(texts.map((input) => engine.analyse(input)));
  });

  it('answers nothing with nothing', async () => {
    expect(await open({ threads }).classify([])).toEqual([]);
  });

  it('hears the words of the workspace', async () => {
    const hints = [{ aspect: 'marketing', description: 'Campaigns', seeds: ['webinar'] }];
    const [answer] = await open({ threads, hints }).classify([
      { text: 'The webinar was boring', lang: 'en' },
    ]);
    expect(answer).toMatchObject({ opinions: [{ aspect: 'marketing', polarity: 'negative' }] });
  });

  it('takes overlapping calls', async () => {
    const classifier = open({ threads });
    const calls = await Promise.all(
      Array.from({ length: 8 }, (_, at) => classifier.classify([{ text: `call ${at} is great` }])),
    );
    expect(calls.flat()).toHaveLength(8);
  });
});

describe('classifier with poison in a batch', () => {
  const entry = new URL('../fixtures/analysis/poison-worker.ts', import.meta.url);

  it.each(['throw', 'loop', 'exit'])('fails only the text that would %s', async (poison) => {
    const classifier = open({ entry, deadlineMs: 300 });
    const answers = await classifier.classify(['a', poison, 'ccc'].map((text) => ({ text })));
    expect(answers).toMatchObject([{ score: 1 }, { failure: expect.any(String) }, { score: 3 }]);
    expect(await classifier.classify([{ text: 'next' }])).toMatchObject([{ score: 4 }]);
  });

  it('fails only the text that would fill the memory', async () => {
    const classifier = open({ entry, deadlineMs: 60_000 });
    const answers = await classifier.classify(['a', 'hoard', 'ccc'].map((text) => ({ text })));
    expect(answers).toMatchObject([{ score: 1 }, { failure: 'A worker thread failed' }, { score: 3 }]);
  });

  it('keeps the text out of the failure', async () => {
    const [answer] = await open({ entry }).classify([{ text: 'throw' }]);
    expect(answer).toEqual({ failure: 'A worker thread failed' });
  });
});

describe('classifier that is closed', () => {
  it('refuses instead of calling good texts failures', async () => {
    const classifier = open();
    await classifier.close();
    await expect(classifier.classify([{ text: 'fine' }])).rejects.toSatisfy(
      (error) => error instanceof AppError && error.kind === 'unavailable',
    );
  });

  it('may be closed twice, and while it works', async () => {
    const entry = new URL('../fixtures/analysis/poison-worker.ts', import.meta.url);
    const classifier = open({ entry, deadlineMs: 60_000 });
    await classifier.classify([{ text: 'warm' }]);
    const working = classifier.classify([{ text: 'loop' }]);
    const refused = expect(working).rejects.toMatchObject({ kind: 'unavailable' });
    await classifier.close();
    await classifier.close();
    await refused;
  });

  it('calls a thread module that does not load no fault of the texts', async () => {
    const classifier = open({ entry: new URL('../fixtures/analysis/absent.ts', import.meta.url) });
    await expect(classifier.classify([{ text: 'fine' }])).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
