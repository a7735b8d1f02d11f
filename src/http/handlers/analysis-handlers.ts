import type { AspectHint } from '../../domain/opinion.ts';
import type { CorrectionStore } from '../../domain/ports/correction-store.ts';
import type { LearningStore } from '../../domain/ports/learning-store.ts';
import type { ReanalysisStore } from '../../domain/ports/reanalysis-store.ts';
import type { WakeUp } from '../../domain/ports/wake-up.ts';
import type { Reanalysis } from '../../domain/reanalysis.ts';
import { AppError } from '../../lib/app-error.ts';
import type { Clock } from '../../lib/clock.ts';
import { dropLearned } from '../../pipeline/learn-corrections.ts';
import { readOwnAspects } from '../../pipeline/own-aspects.ts';
import { adoptReanalysis } from '../../pipeline/reanalyse.ts';
import type { Handlers } from '../api-router.ts';
import type { SessionDeps } from './session-handlers.ts';

export interface AnalysisDeps {
  readonly clock: Clock;
  readonly wake: WakeUp;
  readonly workspace: SessionDeps['workspace'];
  readonly modelVersion: () => string;
  readonly hints: readonly AspectHint[];
  readonly learning: LearningStore;
  readonly corrections: CorrectionStore;
  readonly reanalyses: ReanalysisStore;
}

type Names = 'getAnalysis' | 'addCorrections' | 'dropLearned' | 'beginReanalysis' | 'settleReanalysis';

const DAY_MS = 24 * 60 * 60 * 1000;

export function analysisHandlers(deps: AnalysisDeps): Handlers<Names> {
  const { clock, wake, workspace, hints, modelVersion, learning, corrections, reanalyses } = deps;
  const shown = async (reanalysis: Reanalysis) => ({
    ...reanalysis,
    since: reanalysis.since.toISOString(),
    createdAt: reanalysis.createdAt.toISOString(),
    examples: reanalysis.state === 'read' ? [...(await reanalyses.examples(reanalysis))].map(plain) : [],
  });
  return {
    async getAnalysis() {
      const [learned, newest, own] = await Promise.all([
        learning.newest(),
        reanalyses.newest(),
        readOwnAspects(learning, hints),
      ]);
      return {
        model: modelVersion(),
        learned: learned && { ...learned, createdAt: learned.createdAt.toISOString() },
        ownAspects: own.map(({ sure, wrong, ...state }) => ({
          ...state,
          sure: [...sure],
          wrong: [...wrong],
        })),
        reanalysis: newest && (await shown(newest)),
      };
    },
    async addCorrections({ body: { labels }, caller }) {
      const given = labels.map(({ platform, id, aspect, polarity, words = null }) => {
        if (!workspace.aspects.includes(aspect))
          throw new AppError(
            'invalid-input',
            `"${aspect}" is none of the aspects: ${workspace.aspects.join(', ')}`,
          );
        return { platform, externalId: id, label: { aspect, polarity }, words };
      });
      const { written, same, faults } = await corrections.add(given, caller.email);
      if (faults.length > 0)
        throw new AppError(
          'invalid-input',
          faults.map(({ index, message }) => `labels[${index}]: ${message}`).join('; '),
        );
      return { written, same };
    },
    dropLearned: async ({ caller }) => ({ wasOn: await dropLearned({ learning }, caller.email) }),
    async beginReanalysis({ body: { days }, caller }) {
      const since = new Date(clock().getTime() - days * DAY_MS);
      const begun = await reanalyses.begin({ since, author: caller.email });
      await wake('reanalyse');
      return shown(begun);
    },
    async settleReanalysis({ body: { action }, caller }) {
      if (action === 'adopt') return { reanalysis: await shown(await adoptReanalysis(deps, caller.email)) };
      await reanalyses.drop(caller.email);
      const newest = await reanalyses.newest();
      return { reanalysis: newest && (await shown(newest)) };
    },
  };
}

function plain({ before, after, ...example }: Awaited<ReturnType<ReanalysisStore['examples']>>[number]) {
  return { ...example, before: [...before], after: [...after] };
}
