import type { Answer } from '../../contract/api.ts';
import type { TrendDay } from '../../contract/trend.ts';
import { renderJson } from '../../digest/render-json.ts';
import { visibleDepartments } from '../../domain/access.ts';
import type { SubscriptionStore } from '../../domain/ports/subscription-store.ts';
import { listDigests, type ReadDigestDeps, readDigest, restatedSince } from '../../pipeline/read-digest.ts';
import type { Handlers } from '../api-router.ts';

type Names = 'listDigests' | 'getDigest' | 'listEvidence' | 'getTrend';

export interface DigestHandlerDeps extends ReadDigestDeps {
  readonly subscriptions: SubscriptionStore;
  readonly zone: string;
  /** Opinions a local day and aspect, of the last so many days. */
  readonly readTrend: (days: number) => Promise<readonly TrendDay[]>;
}

export function digestHandlers(deps: DigestHandlerDeps): Handlers<Names> {
  return {
    async getTrend({ query, caller }) {
      const days = await deps.readTrend(query.days);
      const visible = visibleDepartments(caller);
      const aspects =
        visible === 'all' ? null : new Set(visible.flatMap((name) => deps.settings.aspectsOf(name) ?? []));
      return { zone: deps.zone, days: days.filter(({ aspect }) => aspects?.has(aspect) ?? true) };
    },
    async listDigests({ caller }) {
      const digests = await listDigests(deps, caller);
      return {
        digests: digests.map(({ definition, today, lastSent }) => {
          const { name, department = null, at, zone, audience } = definition;
          const takesSubscriptions = deps.settings.mailOf(audience) !== null;
          return { name, department, at, zone, today, lastSent, takesSubscriptions };
        }),
      };
    },
    async getDigest({ params, caller }) {
      const { document, texts, isFrozen } = await readDigest(deps, { ...params, caller });
      // The form is pinned by its hash in every run, and a test holds it to the contract.
      return {
        ...renderJson(document, texts),
        restated_since: isFrozen ? await restatedSince(deps, document) : '',
      } as Answer<'getDigest'>;
    },
    async listEvidence({ params, query, caller }) {
      const { document } = await readDigest(deps, { ...params, caller });
      const { offset, ...filter } = query;
      return deps.readModel.listEvidence(document.frozen, filter, offset);
    },
  };
}
