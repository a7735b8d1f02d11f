/** Named things to close, last opened first closed. One that fails does not keep the others open. */
export interface Cleanup {
  add(name: string, close: () => Promise<void>): void;
  /** Idempotent. Throws AggregateError naming what failed to close. */
  run(): Promise<void>;
}

export function createCleanup(): Cleanup {
  const stack: { name: string; close: () => Promise<void> }[] = [];
  return {
    add: (name, close) => void stack.push({ name, close }),
    async run() {
      const failures: Error[] = [];
      for (let entry = stack.pop(); entry; entry = stack.pop()) {
        await entry
          .close()
          .catch((cause: unknown) => failures.push(new Error(`closing ${entry?.name} failed`, { cause })));
      }
      if (failures.length > 0)
        throw new AggregateError(failures, failures.map(({ message }) => message).join('; '));
    },
  };
}
