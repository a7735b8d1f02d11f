import type { App } from '../src/app/app.ts';
import { learningOf } from '../src/app/learning.ts';
import { learnWhenDue } from '../src/pipeline/learn-corrections.ts';
import type { Step } from './define-worker.ts';

/** Nobody wakes it but the reconciler: learning may come some seconds after the tenth correction. */
export function learnWorker(app: App): Step {
  return async () => {
    const learned = await learnWhenDue(learningOf(app));
    if (learned !== null) {
      const { texts, exactBefore, exactAfter, isOn } = learned;
      app.log.info({ texts, exactBefore, exactAfter, isOn }, 'learned from corrections');
    }
    return false;
  };
}
