import { useEffect, useEffectEvent, useRef } from 'react';

/** What a key does; two keys one after the other are written `g i`. */
export type Keys = Readonly<Record<string, () => void>>;

const SEQUENCE_WITHIN = 1_500;

/** Listens to single keys while the page is shown; never inside a field, a dialog or with a modifier. */
export function useKeys(keys: Keys): void {
  const before = useRef({ key: '', at: 0 });
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isBusy(event.target))
      return;
    const { key, at } = before.current;
    const isSecond = key !== '' && event.timeStamp - at < SEQUENCE_WITHIN;
    const action = (isSecond ? keys[`${key} ${event.key}`] : undefined) ?? keys[event.key];
    const isFirst = Object.keys(keys).some((known) => known.startsWith(`${event.key} `));
    before.current = isFirst ? { key: event.key, at: event.timeStamp } : { key: '', at: 0 };
    if (!action) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => press(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return true;
  return (
    target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"]') !== null
  );
}
