import type { Matcher } from '../domain/routing.ts';
import { type GroupLabelName, unknownValueMessage } from '../routing/labels.ts';
import { MatcherFault, parseMatchers } from '../routing/parse-matcher.ts';
import type { Path } from './faults.ts';
import type { KnownNames } from './references.ts';
import type { YamlDocument } from './yaml-document.ts';

/** Reads a list of matchers that stands at `path` and may name these labels. Faults go to the document. */
export function readMatchers(
  { document, names }: { readonly document: YamlDocument; readonly names: KnownNames },
  texts: readonly string[],
  { path, labels }: { readonly path: Path; readonly labels: readonly GroupLabelName[] },
): readonly Matcher[] {
  return texts.flatMap((text, index) => {
    const at = [...path, index];
    try {
      const matchers = parseMatchers(text, labels);
      for (const { label, op, value } of matchers) {
        const isExact = op === '=' || op === '!=';
        const fault = isExact ? unknownValueMessage(label, value, names) : undefined;
        if (fault !== undefined) document.addFault(at, `matcher: ${fault}`);
      }
      return matchers;
    } catch (error) {
      if (!(error instanceof MatcherFault)) throw error;
      document.addFault(at, error.message, { column: error.column });
      return [];
    }
  });
}
