import type { App } from '../src/app/app.ts';
import { pollSource } from '../src/pipeline/poll-source.ts';
import { watchSources } from '../src/pipeline/watch-sources.ts';
import type { Step } from './define-worker.ts';

export function pollWorker(app: App): Step {
  const { sources, listeners, mentions, destinations, config, env, wake, clock, metrics, log } = app;
  const deps = {
    sources,
    listeners,
    mentions,
    wake,
    clock,
    ours: () => config.workspace.ours,
    random: Math.random,
    onPoll: (source, end) => {
      metrics.countPoll(source, end);
      if (end.result === 'failed')
        log.warn({ source, kind: end.errorKind, detail: end.error, nextInMs: end.nextInMs }, 'poll failed');
    },
  } satisfies Parameters<typeof pollSource>[0];
  const watching = {
    sources,
    destinations: () => destinations.listOf(config.route.receiver),
    publicUrl: env.publicUrl,
    wake,
  };
  return async (stop) => {
    if (await pollSource(deps, stop)) return true;
    for (const subject of await watchSources(watching, clock())) log.warn({ subject }, 'source alarm');
    return false;
  };
}
