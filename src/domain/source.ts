import type { SourcePage } from './mention.ts';

/** A configured place we listen to. It only pulls: it knows no store, queue or clock of its own. */
export interface Source {
  /** Reads the page after `cursor` (null: from the start). Throws AppError; the cursor then stays where it was. */
  fetchPage(cursor: string | null, signal: AbortSignal): Promise<SourcePage>;
  close(): Promise<void>;
}
