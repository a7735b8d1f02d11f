/** Notices trouble with one far side and tells of it once, and once that it is over, however many calls meet it meanwhile. */
export interface Outage {
  met(error: Error): void;
  /** A call went well. */
  passed(): void;
}

interface Telling {
  readonly onBegin: (error: Error) => void;
  readonly onEnd: () => void;
  /** Milliseconds of any clock that only runs forward. */
  readonly now?: () => number;
}

/** Several connections notice one outage at different moments: it is over when a call passes and none has failed for so long. */
const QUIET_MS = 5_000;

export function createOutage({ onBegin, onEnd, now = () => performance.now() }: Telling): Outage {
  let lastMet: number | null = null;
  return {
    met(error) {
      if (lastMet === null) onBegin(error);
      lastMet = now();
    },
    passed() {
      if (lastMet === null || now() - lastMet < QUIET_MS) return;
      lastMet = null;
      onEnd();
    },
  };
}
