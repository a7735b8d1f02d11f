import { Button, CloseButton } from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import css from './toasts.module.css';

export interface Toast {
  readonly text: string;
  readonly kind?: 'news' | 'error';
  /** Takes back what the toast tells of. */
  readonly onUndo?: () => void;
}

const SHOWN_FOR = 10_000;
const ToastContext = createContext<(toast: Toast | null) => void>(() => undefined);

/** Shows one toast at a time, for ten seconds; null takes it away. */
export function useToast(): (toast: Toast | null) => void {
  return useContext(ToastContext);
}

export function Toasts({ children }: { readonly children: ReactNode }): ReactNode {
  const [toast, setToast] = useState<Toast | null>(null);
  const show = useCallback((next: Toast | null) => setToast(next), []);
  useEffect(() => {
    if (toast === null) return undefined;
    const timer = setTimeout(() => setToast(null), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [toast]);
  return (
    <ToastContext value={show}>
      {children}
      <div className={css.place} role="status" aria-live="polite">
        {toast && (
          <div className={css.toast} data-kind={toast.kind ?? 'news'}>
            <span>{toast.text}</span>
            {toast.onUndo && (
              <Button
                size="compact-sm"
                variant="subtle"
                className={css.undo ?? ''}
                onClick={() => {
                  toast.onUndo?.();
                  setToast(null);
                }}
              >
                Undo <kbd className={css.key}>z</kbd>
              </Button>
            )}
            <CloseButton
              className={css.close ?? ''}
              aria-label="Close"
              size="sm"
              onClick={() => setToast(null)}
            />
          </div>
        )}
      </div>
    </ToastContext>
  );
}
