import type { CorrectedText, Learned } from '../../domain/learning.ts';
import type { AspectHint, Classification } from '../../domain/opinion.ts';
import { BUILT_IN_ASPECTS } from '../../domain/words.ts';
import { createEngine, type EngineParts } from '../engine.ts';
import { createEvidenceReader } from '../evidence.ts';
import type { LabelledText } from '../training/labelled-text.ts';
import { learnResidual } from './learn-residual.ts';
import { learnOwnWords } from './own-words.ts';
import type { Residual } from './residual.ts';

/** Each part in turn is read by what the others taught. */
const PARTS = 5;
/** With fewer corrected texts better and worse are chance. */
const FEWEST = 10;
const SEED = 1;

/**
 * Learns from corrected texts and proves it: the texts are parted in five, and each part is read by what the other four taught. The
 * weights are those of all texts, and null unless more texts were read exactly right, aspects and polarities, than by the model alone.
 * `hints` are the workspace's aspects, whose words are learned beside.
 */
export function learn(
  corrected: readonly CorrectedText[],
  parts: Pick<EngineParts, 'model' | 'vectors'>,
  hints: readonly AspectHint[] = [],
): Learned {
  const texts = corrected.map(toLabelledText);
  const settings = {
    read: createEvidenceReader([]),
    heads: parts.model.heads,
    vectors: parts.vectors,
    seed: SEED,
  };
  const countExact = (of: readonly LabelledText[], residual: Residual | null): number => {
    const engine = createEngine([], { ...parts, residual, read: settings.read });
    return of.filter((text) => isExact(text, engine.analyse(inputOf(text)))).length;
  };
  const exactBefore = countExact(texts, null);
  let exactAfter = exactBefore;
  if (texts.length >= FEWEST) {
    exactAfter = 0;
    for (let part = 0; part < PARTS; part += 1) {
      const taught = texts.filter((_, at) => at % PARTS !== part);
      const kept = texts.filter((_, at) => at % PARTS === part);
      exactAfter += countExact(kept, learnResidual(taught, settings));
    }
  }
  const weights = exactAfter > exactBefore ? learnResidual(texts, settings).weights : null;
  return { texts: texts.length, exactBefore, exactAfter, weights, words: learnOwnWords(corrected, hints) };
}

function toLabelledText({ text, lang, kind, labels }: CorrectedText): LabelledText {
  const builtIn = labels.filter(({ aspect }) => (BUILT_IN_ASPECTS as readonly string[]).includes(aspect));
  return {
    text,
    lang,
    kind,
    aspects: builtIn.map(({ aspect, polarity }) => ({
      aspect,
      ...(polarity === null ? {} : { polarity }),
    })),
  };
}

function inputOf({ text, lang, kind }: LabelledText) {
  return { text, ...(lang === undefined ? {} : { lang }), ...(kind === undefined ? {} : { kind }) };
}

/** Whether a text is read as its labels say; an aspect that is said twice differently counts as read by either. */
function isExact({ aspects = [] }: LabelledText, { opinions }: Classification): boolean {
  const given = opinions.filter(({ aspect }) => (BUILT_IN_ASPECTS as readonly string[]).includes(aspect));
  return (
    aspects.every((label) =>
      given.some(({ aspect, polarity }) => aspect === label.aspect && polarity === label.polarity),
    ) && given.every(({ aspect }) => aspects.some((label) => label.aspect === aspect))
  );
}
