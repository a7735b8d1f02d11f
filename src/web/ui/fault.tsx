import { Component, type ReactNode } from 'react';
import { ErrorState } from './states.tsx';

interface Props {
  readonly children: ReactNode;
}

/** Shows that the page broke, instead of an empty one. */
export class Fault extends Component<Props, { readonly error: Error | null }> {
  override readonly state = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <ErrorState
        error={
          new Error(
            'This page broke on our side. Load it again; if it breaks again, tell your administrator.',
          )
        }
        onRetry={() => window.location.reload()}
      />
    );
  }
}
