import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

const TICK = 30_000;
const NowContext = createContext(0);

/** The present, in milliseconds; it moves on twice a minute, so that ages stay true on a page that stays open. */
export function useNow(): number {
  return useContext(NowContext);
}

export function Clock({ children }: { readonly children: ReactNode }): ReactNode {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK);
    return () => clearInterval(timer);
  }, []);
  return <NowContext value={now}>{children}</NowContext>;
}
