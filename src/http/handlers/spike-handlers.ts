import { visibleDepartments } from '../../domain/access.ts';
import type { Spike } from '../../domain/spike.ts';
import type { Handlers } from '../api-router.ts';

export interface SpikeDeps {
  /** What rises just now, newest first, on aspects that these departments own. */
  readonly readSpikes: (departments: 'all' | readonly string[]) => Promise<readonly Spike[]>;
}

export function spikeHandlers({ readSpikes }: SpikeDeps): Handlers<'listSpikes'> {
  return {
    async listSpikes({ caller }) {
      const spikes = await readSpikes(visibleDepartments(caller));
      return {
        spikes: spikes.map(({ themeId: _, beganAt, toldAt, quietSince, ...spike }) => ({
          ...spike,
          beganAt: beganAt.toISOString(),
          toldAt: toldAt?.toISOString() ?? null,
          quietSince: quietSince?.toISOString() ?? null,
        })),
      };
    },
  };
}
