import type { App } from '../src/app/app.ts';
import { rereadBatch } from '../src/pipeline/reanalyse.ts';
import type { Step } from './define-worker.ts';

export function reanalyseWorker(app: App): Step {
  return () => app.classifier.use(() => rereadBatch(app));
}
