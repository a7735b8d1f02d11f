import { AppError } from '../lib/app-error.ts';
import { isLabelName, type LabelName, unknownLabelMessage, unknownValueMessage } from '../routing/labels.ts';

const PAIR = /\s*([^=,\s]+)\s*=\s*(?:"((?:[^"\\]|\\["\\])*)"|([^,"]*))\s*(?:,|$)/y;

/**
 * Reads `--labels aspect=sales,tier=gold,account="Smith, Ltd"`; `aspects` are those of the workspace. Throws AppError
 * `invalid-input` for a bad spelling, an unknown label, a label that stands twice, or a value the label never has.
 */
export function parseLabelArgument(
  text: string,
  aspects: Iterable<string>,
): Partial<Record<LabelName, string>> {
  const labels: Partial<Record<LabelName, string>> = {};
  PAIR.lastIndex = 0;
  while (PAIR.lastIndex < text.length) {
    const at = PAIR.lastIndex;
    const found = PAIR.exec(text);
    if (found === null)
      throw invalid(`cannot read "${text.slice(at)}"; write label=value,label="value, with comma"`);
    const name = found[1] ?? '';
    const value = found[2]?.replaceAll(/\\(["\\])/g, '$1') ?? (found[3] ?? '').trim();
    if (!isLabelName(name)) throw invalid(unknownLabelMessage(name));
    if (labels[name] !== undefined) throw invalid(`"${name}" stands there twice; keep one`);
    const fault = unknownValueMessage(name, value, { aspects });
    if (fault !== undefined) throw invalid(fault);
    labels[name] = value;
  }
  return labels;
}

function invalid(reason: string): AppError {
  return new AppError('invalid-input', `--labels: ${reason}`);
}
