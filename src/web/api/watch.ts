import { useEffect, useEffectEvent } from 'react';
import { API } from '../../contract/api.ts';
import { CasesChanged } from '../../contract/cases.ts';

interface Watching {
  /** Null: something may have been missed, so anything may have changed. */
  readonly onChange: (changed: CasesChanged | null) => void;
  /** The session is over. */
  readonly onEnd: () => void;
}

const AGAIN_AFTER = 5_000;

/**
 * Hears of changes to cases while the page is looked at: a browser has few connections to one server, so that tabs behind this one
 * must hold none.
 */
export function useWatch({ onChange, onEnd }: Watching): void {
  const changed = useEffectEvent(onChange);
  const ended = useEffectEvent(onEnd);
  useEffect(() => {
    let stop = document.hidden ? null : listen({ onChange: changed, onEnd: ended });
    const look = (): void => {
      stop?.();
      stop = document.hidden ? null : listen({ onChange: changed, onEnd: ended });
      if (!document.hidden) changed(null);
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      stop?.();
    };
  }, []);
}

/** Opens the stream, and opens it again when the server refuses it, which a browser alone does not. Gives what closes it. */
function listen({ onChange, onEnd }: Watching): () => void {
  const stream = new EventSource(API.watch.path);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopNext: (() => void) | undefined;
  stream.addEventListener('cases', ({ data }: MessageEvent<string>) => {
    onChange(CasesChanged.safeParse(JSON.parse(data)).data ?? null);
  });
  stream.addEventListener('resync', () => onChange(null));
  stream.addEventListener('end', () => {
    stream.close();
    onEnd();
  });
  stream.addEventListener('error', () => {
    if (stream.readyState !== EventSource.CLOSED) return;
    timer = setTimeout(() => {
      onChange(null);
      stopNext = listen({ onChange, onEnd });
    }, AGAIN_AFTER);
  });
  return () => {
    stream.close();
    clearTimeout(timer);
    stopNext?.();
  };
}
