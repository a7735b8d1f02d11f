import type { Arbitration } from '../pipeline/act-on-case.ts';
import { receiversOf } from '../routing/complaint.ts';
import type { App } from './app.ts';

/** Who decides whose a case is, how they hear that one waits, and how a department hears of what it was passed. */
export function arbitrationOf({ config, destinations, env }: App): Arbitration {
  const { arbiter } = config.workspace;
  return {
    arbiter,
    destinations: destinations.listOf(config.route.receiver),
    destinationsOf(department) {
      const { aspects = [] } = config.departments.find(({ name }) => name === department) ?? {};
      return receiversOf(config.route, { name: department, aspects }).flatMap(destinations.listOf);
    },
    publicUrl: env.publicUrl,
  };
}
