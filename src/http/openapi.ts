import { OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import { API } from '../contract/api.ts';
import { ErrorBody } from '../contract/common.ts';
import { CSRF_HEADER, type Endpoint } from '../contract/endpoint.ts';

export type OpenApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;

/** The OpenAPI 3.1 document of the contract's endpoints. */
export function openApiDocument(): OpenApiDocument {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'earshot',
    description: `Given by signing in; over https it is called __Host-earshot. A request that changes something carries ${CSRF_HEADER} as well`,
  });
  registry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key; `earshot keys add` or an administrator makes one',
  });
  for (const [name, endpoint] of Object.entries(API)) registry.registerPath(routeOf(name, endpoint));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'Earshot', version: 'v1', description: 'What customers say, by department' },
  });
}

function routeOf(operationId: string, endpoint: Endpoint): RouteConfig {
  const { method, path, summary, tag, params, query, body, answer, status = 200 } = endpoint;
  const { media = 'application/json', policy } = endpoint;
  const { roles, scope } = policy;
  return {
    operationId,
    method,
    path: path.replaceAll(/:(\w+)/g, '{$1}'),
    summary,
    tags: [tag],
    description: whoMay(endpoint),
    security: [
      ...(roles === 'anyone' ? [{}] : roles.length > 0 ? [{ session: [] }] : []),
      ...(scope === undefined ? [] : [{ key: [scope] }]),
    ],
    request: {
      ...(params && { params }),
      ...(query && { query }),
      ...(body && { body: { required: true, content: { 'application/json': { schema: body } } } }),
    },
    responses: {
      [status]: { description: 'Done', content: { [media]: { schema: answer } } },
      default: { description: 'Refused', content: { 'application/json': { schema: ErrorBody } } },
    },
  };
}

/** In words, e.g. `For admin, lead; API keys with scope read.` */
function whoMay({ policy: { roles, scope } }: Pick<Endpoint, 'policy'>): string {
  if (roles === 'anyone') return 'For anybody.';
  const parts = [
    ...(roles.length > 0 ? [roles.join(', ')] : []),
    ...(scope ? [`API keys of scope ${scope}`] : []),
  ];
  return `For ${parts.join('; ')}.`;
}
