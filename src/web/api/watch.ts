import { useEffect, useEffectEvent } from 'react';
import { API } from '../../contract/api.ts';
import { CasesChanged } from '../../contract/cases.ts';

interface Watching {
  /** Null: something may have been missed, so anything may have changed. */
  readonly onChange: (changed: CasesChanged | null) => void;
  readonly onEnd: () => void;
}

/** Hears of changes to cases while the page is open; the browser connects again by itself. */
export function useWatch({ onChange, onEnd }: Watching): void {
  const changed = useEffectEvent(onChange);
  const ended = useEffectEvent(onEnd);
  useEffect(() => {
    const stream = new EventSource(API.watch.path);
    stream.addEventListener('cases', ({ data }: MessageEvent<string>) => {
      changed(CasesChanged.safeParse(JSON.parse(data)).data ?? null);
    });
    stream.addEventListener('resync', () => changed(null));
    stream.addEventListener('end', () => {
      stream.close();
      ended();
    });
    return () => stream.close();
  }, []);
}
