import type { MentionReadModel } from '../../domain/ports/mention-read-model.ts';
import { AppError } from '../../lib/app-error.ts';
import { type DecideMentionDeps, decideMention } from '../../pipeline/decide-mention.ts';
import type { Handlers } from '../api-router.ts';
import { ID_PART, pageOf, readCursor } from '../cursor.ts';

export interface MentionDeps extends DecideMentionDeps {
  readonly mentionReadModel: MentionReadModel;
}

type Names = 'getMention' | 'listHeldMentions' | 'decideMention';

export function mentionHandlers(deps: MentionDeps): Handlers<Names> {
  const { mentionReadModel } = deps;
  return {
    async getMention({ params: { id }, caller }) {
      const mention = await mentionReadModel.read(id, caller);
      if (!mention) throw new AppError('not-found', `There is no mention ${id}`);
      return mention;
    },
    async listHeldMentions({ query: { outcome, cursor, limit } }) {
      const [before = null] = cursor === undefined ? [] : readCursor(cursor, ID_PART);
      const rows = await mentionReadModel.listHeld({ outcome, before, limit: limit + 1 });
      const { page, nextCursor } = pageOf(rows, limit, ({ mentionId }) => [mentionId]);
      return { mentions: page, nextCursor };
    },
    decideMention: async ({ params: { id }, body, caller }) => ({
      outcome: await decideMention(deps, { id, decision: body, person: caller }),
    }),
  };
}
