import pg from 'pg';
import { z } from 'zod';
import type { LiveEvent, LiveEvents } from '../domain/ports/live-events.ts';

const CasesPayload = z.object({ department: z.string(), ids: z.array(z.string()), more: z.boolean() });

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

interface Given {
  readonly databaseUrl: string;
  readonly onError: (error: unknown) => void;
}

/**
 * Hears over one connection what any process changes. It connects when the first subscriber comes, and again whenever the
 * connection breaks; what was said meanwhile is lost, and subscribers are told so.
 */
export function createLiveEvents({ databaseUrl, onError }: Given): LiveEvents {
  const listeners = new Set<(event: LiveEvent) => void>();
  let client: pg.Client | null = null;
  let again: NodeJS.Timeout | undefined;
  let wait = FIRST_WAIT_MS;
  let isClosed = false;

  const tell = (event: LiveEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const connectLater = (): void => {
    client = null;
    if (isClosed) return;
    clearTimeout(again);
    again = setTimeout(() => void connect(true), wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  };
  const connect = async (isAgain: boolean): Promise<void> => {
    const next = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    client = next;
    next.on('error', onError);
    next.on('notification', ({ channel, payload = '' }) => {
      const event = eventOf(channel, payload);
      if (event) tell(event);
    });
    try {
      await next.connect();
      next.once('end', connectLater);
      await next.query('LISTEN earshot_cases; LISTEN earshot_sessions');
      wait = FIRST_WAIT_MS;
      if (isAgain) tell({ kind: 'resync' });
    } catch (error) {
      onError(error);
      await next.end().catch(onError);
      connectLater();
    }
  };

  return {
    subscribe(listener) {
      listeners.add(listener);
      if (!isClosed && client === null && again === undefined) void connect(false);
      return () => void listeners.delete(listener);
    },
    async close() {
      isClosed = true;
      clearTimeout(again);
      tell({ kind: 'closing' });
      await client?.end();
    },
  };
}

function eventOf(channel: string, payload: string): LiveEvent | null {
  if (channel === 'earshot_sessions') return { kind: 'session-ended', hash: payload };
  const cases = CasesPayload.safeParse(JSON.parse(payload));
  return cases.success ? { kind: 'cases', ...cases.data } : null;
}
