import { dirname, resolve } from 'node:path';
import type { EarshotConfig } from '../config/config.ts';
import type { PolledSource } from '../domain/ports/source-store.ts';
import type { Listener } from '../pipeline/poll-source.ts';
import type { SourceDeps } from '../sources/plug-in.ts';
import { sourceKinds } from '../sources/registry.ts';

export interface Listeners extends ReadonlyMap<string, Listener> {
  /** What the database has to know of them. */
  readonly polled: readonly PolledSource[];
  close(): Promise<void>;
}

/** Makes a reader of every source in the config; none is opened before it is polled. */
export function createListeners(
  { sources }: EarshotConfig,
  { configFile, ...deps }: Omit<SourceDeps, 'folder'> & { readonly configFile: string },
): Listeners {
  const folder = dirname(resolve(configFile));
  const listeners = new Map<string, Listener>();
  const polled: PolledSource[] = [];
  for (const { name, kind, everyMs: asked, silentAfterMs = null, options } of sources) {
    const plugIn = sourceKinds.get(kind);
    if (!plugIn) continue;
    const everyMs = asked ?? plugIn.everyMs;
    const source = plugIn.create(options, { ...deps, folder });
    listeners.set(name, { kind, source, everyMs });
    polled.push({ name, kind, everyMs, silentAfterMs, budgetMicros: source.budget?.monthlyMicros ?? null });
  }
  return Object.assign(listeners, {
    polled,
    async close() {
      await Promise.all([...listeners.values()].map(({ source }) => source.close()));
    },
  });
}
