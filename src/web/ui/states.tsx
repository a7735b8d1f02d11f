import { Alert, Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './states.module.css';

export function ErrorState({
  error,
  onRetry,
}: {
  readonly error: Error;
  readonly onRetry?: () => void;
}): ReactNode {
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle />}
      title="This did not work"
      className={css.error ?? ''}
    >
      <p>{error.message}</p>
      {onRetry && (
        <Button size="xs" mt="sm" color="red" onClick={onRetry}>
          Try again
        </Button>
      )}
    </Alert>
  );
}

interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
}

/** What stands where a list has nothing: what that means, and what to do. */
export function EmptyState({ title, children }: EmptyProps): ReactNode {
  return (
    <div className={css.empty}>
      <p className={css.title}>{title}</p>
      {children && <div>{children}</div>}
    </div>
  );
}

export function Loading({
  rows = 6,
  height = 48,
}: {
  readonly rows?: number;
  readonly height?: number;
}): ReactNode {
  return (
    <div className={css.loading} role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} radius="md" />
      ))}
    </div>
  );
}

interface Asked {
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly refetch: () => unknown;
}

/** The skeleton while an answer is awaited, the error when there is none; null when it is there. */
export function waitingFor(
  { error, isPending, refetch }: Asked,
  loading: ReactNode = <Loading />,
): ReactNode {
  if (error && !isPending) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return isPending ? loading : null;
}
