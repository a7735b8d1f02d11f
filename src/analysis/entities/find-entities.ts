import type { EntityMention, FindEntities, NamedEntity } from '../../domain/entity.ts';
import { CURRENCIES } from '../patterns/amounts.ts';
import { createNameFinder } from './names.ts';

const MONTH = String.raw`(?:jan(?:uar[yi]?|vier|eiro)?|ene(?:ro)?|feb(?:ruar[yi]?|rero)?|f[ée]v(?:rier|ereiro)?|mar(?:ch|zo|s|ço)?|märz|maart|a[pb]r(?:il)?|avril|ma[yi]o?|mei|jun[ei]?o?|juin|jul[yi]?o?|juillet|aug(?:ust(?:us)?)?|ago(?:sto)?|août|sep(?:tember|tiembre|tembre)?|set(?:embro)?|o[ck]t(?:ober|ubre|obre)?|out(?:ubro)?|nov(?:ember|iembre|embre|embro)?|de[cz](?:ember|embro)?|dic(?:iembre)?|déc(?:embre)?)\b\.?`;
const AMOUNT = String.raw`\d{1,15}(?:[.,'’ ]\d{2,3}){0,5}`;

/** What is told by its form alone; an earlier rule takes the words from a later one. */
const FORMS: readonly (readonly [EntityMention['kind'], RegExp])[] = [
  [
    'order',
    /\b(?:order|invoice|ticket|case|booking|confirmation|tracking|reference|pedido|factura|commande|facture|bestellung|bestellnummer|rechnung|auftrag|fatura|bestelling|factuur)(?:[\s:#.º°-]|no\b|nr\b|number\b|num\b|id\b|n(?=[º°])|is\b){1,8}(?<value>(?=[\p{L}-]{0,8}\d)[\p{L}\d][\p{L}\d-]{3,24})/giu,
  ],
  [
    'money',
    new RegExp(
      String.raw`(?<![\p{L}\p{N}])(?:[$€£¥]|r\$|us\$|usd|eur|gbp|brl|chf)\s?${AMOUNT}(?:\s?(?:k|m|bn|million)\b)?`,
      'giu',
    ),
  ],
  [
    'money',
    new RegExp(
      String.raw`(?<![\p{L}\p{N}.,])${AMOUNT}\s?(?:€|£|\$|(?:${[...CURRENCIES].join('|')})(?![\p{L}\p{N}]))`,
      'giu',
    ),
  ],
  [
    'date',
    /(?<![\d.,/-])(?:(?:19|20)\d\d-[01]\d-[0-3]\d|[0-3]?\d([./-])[01]?\d\1(?:19|20)?\d\d)(?![\d/-]|[.,]\d)/gu,
  ],
  [
    'date',
    new RegExp(
      String.raw`(?<![\p{L}\p{N}.,])(?:[0-3]?\d(?:st|nd|rd|th|\.|º)?\s(?:of\s|de\s)?${MONTH}|${MONTH}\s[0-3]?\d(?:st|nd|rd|th)?(?![\p{L}\p{N}]))(?:,?\s(?:de\s)?(?:19|20)\d\d)?`,
      'giu',
    ),
  ],
];

/** Makes a finder of what people name: the given entities with their aliases and near spellings, money, dates and order numbers. Pure. */
export function createEntityFinder(entities: readonly NamedEntity[]): FindEntities {
  const findNames = createNameFinder(entities);
  return (text) => {
    const found: EntityMention[] = [...findNames(text)];
    if (/\d/.test(text)) {
      for (const [kind, pattern] of FORMS) {
        for (const match of text.matchAll(pattern)) {
          const name = match.groups?.value ?? match[0];
          const start = match.index + match[0].lastIndexOf(name);
          const end = start + name.length;
          const isTaken = found.some((one) => one.start < end && start < one.end);
          if (!isTaken) found.push({ kind, name, how: 'exact', start, end });
        }
      }
    }
    return found.toSorted((a, b) => a.start - b.start);
  };
}
