import type { EarshotConfig } from '../config/config.ts';
import type { Receiver } from '../domain/delivery.ts';
import type { Destination } from '../domain/ports/routing-store.ts';
import { masking } from '../receivers/mask-message.ts';
import type { ReceiverDeps } from '../receivers/plug-in.ts';
import { receiverKinds } from '../receivers/registry.ts';

export interface Destinations {
  /** The integrations of a receiver, in the order of the config; none for a name the config does not have. */
  listOf(receiver: string): readonly Destination[];
  receiverOf(destination: Destination): Receiver | undefined;
  close(): Promise<void>;
}

/** Makes a Receiver of every integration in the config. */
export function createDestinations(config: EarshotConfig, deps: ReceiverDeps): Destinations {
  const receivers = new Map<string, Receiver>();
  const lists = new Map<string, Destination[]>();
  for (const { name, integrations } of config.receivers) {
    const list = integrations.map(({ kind, index }) => ({
      receiver: name,
      integration: kind,
      number: index,
    }));
    lists.set(name, list);
    for (const { kind, index, options, maskPii } of integrations) {
      const receiver = receiverKinds.get(kind)?.create(options, deps);
      if (receiver === undefined) continue;
      const key = keyOf({ receiver: name, integration: kind, number: index });
      receivers.set(key, maskPii ? masking(receiver) : receiver);
    }
  }
  return {
    listOf: (receiver) => lists.get(receiver) ?? [],
    receiverOf: (destination) => receivers.get(keyOf(destination)),
    async close() {
      await Promise.all([...receivers.values()].map((receiver) => receiver.close()));
    },
  };
}

function keyOf({ receiver, integration, number }: Destination): string {
  return `${receiver}/${integration}/${number}`;
}
