import type { z } from 'zod';
import type { AspectHint } from '../domain/opinion.ts';
import { BUILT_IN_ASPECTS } from '../domain/words.ts';
import { checked } from './checked.ts';
import { aspectSchema } from './section-schemas.ts';
import type { YamlDocument } from './yaml-document.ts';

const BUILT_IN_DESCRIPTIONS: Readonly<Record<(typeof BUILT_IN_ASPECTS)[number], string>> = {
  product: 'The thing bought itself: what it does, how well it is made, whether it works',
  sales: 'How it is sold: salespeople, promises, offers, demos, the way to the contract',
  pricing: 'What it costs: prices, plans, fees, invoices, refunds, value for money',
  service: 'Help after buying: support, delivery, staff, waiting, how problems are handled',
};

const NAME = /^[a-z][a-z0-9-]{0,39}$/;

function isBuiltIn(name: string): name is keyof typeof BUILT_IN_DESCRIPTIONS {
  return Object.hasOwn(BUILT_IN_DESCRIPTIONS, name);
}

/** Merges the section `aspects` with the built-in four. Faults go to the document. */
export function readAspects(document: YamlDocument, section: unknown): AspectHint[] {
  const entries = Object.entries(typeof section === 'object' && section !== null ? section : {});
  const written = new Map<string, z.infer<typeof aspectSchema>>();
  for (const [name, value] of entries) {
    const path = ['aspects', name];
    if (!NAME.test(name) || name === 'other') {
      const reason =
        name === 'other' ? 'is what belongs to no aspect' : 'must be lower-case letters, digits and -';
      document.addFault(path, `aspect name "${name}" ${reason}; rename it`, { at: 'key' });
    }
    const options = checked(document, { schema: aspectSchema, value, path });
    if (options === undefined) continue;
    if (!isBuiltIn(name) && (options.seeds ?? []).length === 0) {
      document.addFault(
        path,
        `aspect "${name}" is new, so it needs seeds to be told by; add seeds: [word, …]`,
        { at: 'key' },
      );
    }
    written.set(name, options);
  }
  const added = [...written.keys()].filter((name) => !isBuiltIn(name));
  return [...BUILT_IN_ASPECTS, ...added].map((aspect) => {
    const {
      description = isBuiltIn(aspect) ? BUILT_IN_DESCRIPTIONS[aspect] : undefined,
      seeds = [],
      examples,
    } = written.get(aspect) ?? {};
    return {
      aspect,
      seeds,
      ...(description === undefined ? {} : { description }),
      ...(examples === undefined ? {} : { examples }),
    };
  });
}
