import type { App } from '../src/app/app.ts';
import { analyseBatch } from '../src/pipeline/analyse-batch.ts';
import type { Step } from './define-worker.ts';

export function analyseWorker(app: App): Step {
  return () => app.classifier.use(() => analyseBatch(app));
}
