import type { z } from 'zod';
import { analysisEndpoints } from './analysis.ts';
import { caseEndpoints } from './cases.ts';
import { configEndpoints } from './config.ts';
import { digestEndpoints } from './digests.ts';
import type { Endpoint } from './endpoint.ts';
import { mentionEndpoints } from './mentions.ts';
import { operationEndpoints } from './operations.ts';
import { peopleEndpoints } from './people.ts';
import { sessionEndpoints } from './session.ts';
import { silenceEndpoints } from './silences.ts';
import { spikeEndpoints } from './spikes.ts';
import { subscriptionEndpoints } from './subscriptions.ts';
import { themeEndpoints } from './themes.ts';
import { trendEndpoints } from './trend.ts';
import { viewEndpoints } from './views.ts';

/** Every endpoint of `/api/v1`: routes, access, docs and tests are made from this one table. */
export const API = {
  ...sessionEndpoints,
  ...caseEndpoints,
  ...mentionEndpoints,
  ...digestEndpoints,
  ...spikeEndpoints,
  ...subscriptionEndpoints,
  ...themeEndpoints,
  ...trendEndpoints,
  ...operationEndpoints,
  ...analysisEndpoints,
  ...configEndpoints,
  ...silenceEndpoints,
  ...viewEndpoints,
  ...peopleEndpoints,
} satisfies Record<string, Endpoint>;

export type Api = typeof API;
export type EndpointName = keyof Api;

/** What is sent to an endpoint and what comes back. `Query` and `Body` are as a caller writes them, before defaults. */
export type Params<Name extends EndpointName> = Api[Name] extends { params: infer S extends z.ZodType }
  ? z.input<S>
  : undefined;
export type Query<Name extends EndpointName> = Api[Name] extends { query: infer S extends z.ZodType }
  ? z.input<S>
  : undefined;
export type Body<Name extends EndpointName> = Api[Name] extends { body: infer S extends z.ZodType }
  ? z.input<S>
  : undefined;
export type Answer<Name extends EndpointName> = z.output<Api[Name]['answer']>;
