import type { Person } from '../access.ts';

export interface ViewRow {
  readonly id: string;
  readonly name: string;
  /** Query words. */
  readonly q: string;
  /** Whether everybody sees it. */
  readonly isShared: boolean;
  /** Whether the caller keeps it. */
  readonly isMine: boolean;
}

/** Searches that people keep. */
export interface ViewStore {
  /** The person's own and everybody's, by name. */
  list(person: Person): Promise<readonly ViewRow[]>;
  add(view: Pick<ViewRow, 'name' | 'q' | 'isShared'>, person: Person): Promise<ViewRow>;
  /** Throws AppError `not-found` for one that is not the person's own; an administrator also removes what everybody sees. */
  remove(id: string, person: Person): Promise<void>;
}
