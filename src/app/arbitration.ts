import type { Arbitration } from '../pipeline/act-on-case.ts';
import type { App } from './app.ts';

/** Who decides whose a case is, and how they hear that one waits. */
export function arbitrationOf({ config, destinations, env }: App): Arbitration {
  const { arbiter } = config.workspace;
  return { arbiter, destinations: destinations.listOf(config.route.receiver), publicUrl: env.publicUrl };
}
