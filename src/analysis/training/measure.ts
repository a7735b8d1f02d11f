import type { Engine } from '../engine.ts';
import { Scoreboard } from '../scoreboard.ts';
import type { LabelledText } from './labelled-text.ts';

/** Scores an engine on labelled texts, as `evaluate` does. */
export function measure(engine: Engine, texts: readonly LabelledText[]): Scoreboard {
  const board = new Scoreboard();
  for (const { text, aspects, polarity, intents, spam } of texts)
    board.add({ aspects, polarity, intents, spam }, engine.analyse({ text }));
  return board;
}
