import type { EarshotConfig } from '../config/config.ts';
import type { DigestDefinition } from '../domain/digest.ts';
import type { DigestSettings } from '../pipeline/compile-digest.ts';
import type { Destinations } from './destinations.ts';

interface Given {
  readonly config: EarshotConfig;
  readonly configVersionId: number;
  readonly publicUrl: string;
  readonly destinations: Pick<Destinations, 'listOf'>;
}

/** What digests take from the config in force. */
export function digestSettings({ config, configVersionId, publicUrl, destinations }: Given): DigestSettings {
  const receiversOf = new Map(config.audiences.map(({ name, receivers }) => [name, receivers]));
  const mailOf = new Map(
    config.audiences.flatMap(({ name, subscriptions }) => {
      const [destination] = destinations
        .listOf(subscriptions?.by ?? '')
        .filter(({ integration }) => integration === 'email');
      return destination ? [[name, { destination, domains: subscriptions?.domains ?? [] }] as const] : [];
    }),
  );
  const aspectsOf = new Map(config.departments.map(({ name, aspects }) => [name, aspects]));
  return {
    workspace: config.workspace.name,
    publicUrl,
    configVersion: configVersionId,
    definitions: config.digests.map(
      ({ department, ...digest }): DigestDefinition => ({
        ...digest,
        ...(department === undefined ? {} : { department }),
      }),
    ),
    aspectsOf: (department) => aspectsOf.get(department),
    mailOf: (audience) => mailOf.get(audience) ?? null,
    destinationsOf: (audience) =>
      (receiversOf.get(audience) ?? []).flatMap((receiver) => destinations.listOf(receiver)),
  };
}
