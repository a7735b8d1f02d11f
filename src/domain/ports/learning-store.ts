import type { CorrectedText, Learned } from '../learning.ts';

/** The newest learning. */
export interface LearnedHead {
  readonly id: number;
  /** The model it adds to; to another it adds nothing. */
  readonly baseVersion: string;
  readonly lastCorrectionId: string;
  /** Corrected texts, and how many of them were read exactly right before and after, each by what others taught. */
  readonly texts: number;
  readonly exactBefore: number;
  readonly exactAfter: number;
  readonly isOn: boolean;
  /** By aspect that the workspace added. */
  readonly words: Learned['words'];
  /** A mail address, or what did it. */
  readonly author: string;
  readonly createdAt: Date;
}

/** What a learning adds to the model. */
export interface AddedKnowledge extends Pick<Learned, 'weights' | 'words'> {
  readonly name: string;
}

export interface Learning {
  readonly baseVersion: string;
  readonly lastCorrectionId: string;
  readonly learned: Learned;
  readonly author: string;
}

export interface LearningStore {
  /** Null when nothing was ever learned. */
  newest(): Promise<LearnedHead | null>;
  /** What the newest learning adds to the model `baseVersion`, with a name for it; null when it adds nothing. */
  addedTo(baseVersion: string): Promise<AddedKnowledge | null>;
  /** Appends a learning, which holds from now on. */
  append(learning: Learning): Promise<void>;
  /** How many corrections were made after `lastCorrectionId`, and the id of the last of all, '0' when there is none. */
  correctionsAfter(lastCorrectionId: string): Promise<{ readonly fresh: number; readonly lastId: string }>;
  /** By aspect, how many texts people have said speak of it. */
  labelledTexts(): Promise<Readonly<Record<string, number>>>;
  /**
   * The texts that people have corrected, the newest 5,000, with all labels that hold on them: what was corrected, and what stands
   * uncorrected beside it. Erased texts and spam are left out.
   */
  correctedTexts(): Promise<readonly CorrectedText[]>;
}
