import type { InhibitRule } from '../domain/routing.ts';
import { GROUP_LABEL_NAMES, isGroupLabelName, unknownLabelMessage } from '../routing/labels.ts';
import { checked } from './checked.ts';
import { readMatchers } from './matchers.ts';
import type { KnownNames } from './references.ts';
import { inhibitRuleSchema } from './section-schemas.ts';
import type { YamlDocument } from './yaml-document.ts';

/** Reads the section `inhibit_rules`. Faults go to the document. */
export function readInhibitRules(
  context: { readonly document: YamlDocument; readonly names: KnownNames },
  section: unknown,
): InhibitRule[] {
  if (!Array.isArray(section)) return [];
  return section.flatMap((value: unknown, index): InhibitRule[] => {
    const path = ['inhibit_rules', index];
    const rule = checked(context.document, { schema: inhibitRuleSchema, value, path });
    if (rule === undefined) return [];
    for (const [place, label] of rule.equal.entries()) {
      const isKnown = isGroupLabelName(label);
      if (!isKnown)
        context.document.addFault([...path, 'equal', place], unknownLabelMessage(label, GROUP_LABEL_NAMES));
    }
    const read = (key: 'source_matchers' | 'target_matchers') =>
      readMatchers(context, rule[key], { path: [...path, key], labels: GROUP_LABEL_NAMES });
    return [{ source: read('source_matchers'), target: read('target_matchers'), equal: rule.equal }];
  });
}
