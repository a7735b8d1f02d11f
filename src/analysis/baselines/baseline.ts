import type { Labels } from '../scoreboard.ts';

/** Something simpler that labels texts, to measure ours beside; a family it does not tell is undefined. */
export interface Baseline {
  readonly name: string;
  /** `asked` holds the families that are wanted; what else it tells is not counted. */
  label(text: string, asked: Labels): Labels;
}
