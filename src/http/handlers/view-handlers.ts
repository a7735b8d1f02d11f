import type { ViewStore } from '../../domain/ports/view-store.ts';
import { parseQuery, type QueryWorld } from '../../routing/parse-query.ts';
import type { Handlers } from '../api-router.ts';

export interface ViewDeps {
  readonly views: ViewStore;
  readonly queryWorld: () => QueryWorld;
}

export function viewHandlers({
  views,
  queryWorld,
}: ViewDeps): Handlers<'listViews' | 'addView' | 'removeView'> {
  return {
    listViews: async ({ caller }) => ({ views: await views.list(caller) }),
    async addView({ body, caller }) {
      parseQuery(body.q, queryWorld());
      return views.add(body, caller);
    },
    async removeView({ params: { id }, caller }) {
      await views.remove(id, caller);
      return { id };
    },
  };
}
