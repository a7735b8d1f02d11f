import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shippedParts } from '../../../src/analysis/engine.ts';
import { learn } from '../../../src/analysis/learning/learn.ts';
import {
  BASE_VERSION,
  createTaughtClassifier,
  type TaughtClassifier,
} from '../../../src/app/taught-classifier.ts';
import type { LearningStore } from '../../../src/domain/ports/learning-store.ts';
import {
  dropLearned,
  type LearningDeps,
  learnCorrections,
  learnWhenDue,
} from '../../../src/pipeline/learn-corrections.ts';
import { correct } from '../../../src/store/correction-store.ts';
import { createLearningStore } from '../../../src/store/learning-store.ts';
import { createPendingWork } from '../../../src/store/pending-work.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { openSteps, post, type Steps } from './pipeline-fixture.ts';

let fresh: FreshDatabase;
let steps: Steps;
let classifier: TaughtClassifier;
let learning: LearningStore;
let deps: LearningDeps;
beforeAll(async () => {
  fresh = await freshDatabase();
  learning = createLearningStore(fresh.database);
  classifier = await createTaughtClassifier({
    sql: fresh.database,
    learning,
    hints: [],
    deadlineMs: 60_000,
    freshMs: -1,
  });
  steps = await openSteps(fresh.database, Object.assign(classifier, { seen: [] }));
  deps = { learning, baseVersion: BASE_VERSION, learn: async (texts) => learn(texts, shippedParts()) };
});
afterAll(async () => {
  await classifier?.close();
  await fresh?.close();
});

const PLACES = [
  'hall',
  'lobby',
  'garden',
  'cellar',
  'tower',
  'chapel',
  'kitchen',
  'harbour',
  'stable',
  'attic',
];
const texts = PLACES.flatMap((place) => [
  `The guided tour of the ${place} is boring`,
  `Loved the guided tour of the ${place}`,
]);

/** Aspects that a text is read to speak of, by the version that is in use. */
async function aspectsOf(text: string): Promise<readonly string[]> {
  const [answer] = await classifier.use(() => classifier.classify([{ text, kind: 'post', lang: 'en' }]));
  return answer && 'opinions' in answer ? answer.opinions.map(({ aspect }) => aspect) : [];
}

/** Says of every opinion that it is one of the sales department's, as its polarity stands. */
async function correctAll(): Promise<void> {
  const opinions = await steps.database.query<{ id: string; polarity: 'positive' | 'negative' }>(
    'SELECT id::text, polarity FROM opinion ORDER BY opinion.id',
  );
  for (const { id, polarity } of opinions)
    await correct(steps.database, {
      opinionId: id,
      label: { aspect: 'sales', polarity },
      author: 'lead@fernhill.example',
    });
}

const isDue = async (): Promise<boolean> =>
  (await createPendingWork(steps.database, BASE_VERSION).find()).includes('learn');

describe('learning from corrections', () => {
  it('waits for corrections, proves what it learned, and reads by it from then on', async () => {
    await steps.take(texts.map((text, at) => post(String(at), text)));
    await classifier.use(() => steps.analyse());
    const before = await aspectsOf('The guided tour of the castle is boring');
    expect([await isDue(), await learnWhenDue(deps)]).toEqual([false, null]);

    await correctAll();
    expect(await isDue()).toBe(true);
    const head = await learnWhenDue(deps);

    expect(before).not.toContain('sales');
    expect(head).toMatchObject({ texts: texts.length, isOn: true, author: 'background learning' });
    expect(head?.exactAfter).toBeGreaterThan(head?.exactBefore ?? 0);
    expect(await isDue()).toBe(false);
    expect(await aspectsOf('The guided tour of the castle is boring')).toEqual(['sales']);
    expect(classifier.modelVersion).toMatch(new RegExp(`^${BASE_VERSION}\\+[0-9a-f]{8}$`));
  });

  it('takes the labels of whole texts, the corrected ones first', async () => {
    const [first] = await learning.correctedTexts();
    expect(first).toMatchObject({ text: texts[0], lang: 'en', kind: 'post' });
    expect(first?.labels.map(({ aspect }) => aspect)).toEqual(['sales']);
  });

  it('is dropped with one command, and stays dropped', async () => {
    expect(await dropLearned(deps, 'lead@fernhill.example')).toBe(true);
    expect(await aspectsOf('The guided tour of the castle is boring')).not.toContain('sales');
    expect(classifier.modelVersion).toBe(BASE_VERSION);
    expect([await isDue(), await dropLearned(deps, 'lead@fernhill.example')]).toEqual([false, false]);
    const lines = await steps.database.query<{ line: string }>(
      "SELECT action || ' by ' || actor AS line FROM audit_log WHERE action LIKE 'learning.%' ORDER BY audit_log.id",
    );
    expect(lines.map(({ line }) => line)).toEqual([
      'learning.on by background learning',
      'learning.off by lead@fernhill.example',
    ]);
  });

  it('adds nothing to another model, and is learned anew for it', async () => {
    await learnCorrections({ ...deps, baseVersion: 'heads-of-old' }, 'a test');
    expect(await learning.addedTo(BASE_VERSION)).toBeNull();
    expect(await isDue()).toBe(true);
    expect(await learnWhenDue(deps)).toMatchObject({ baseVersion: BASE_VERSION, isOn: true });
  });
});
