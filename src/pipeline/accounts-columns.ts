import { closestWord } from '../lib/closest-word.ts';

export const ACCOUNT_FIELDS = ['name', 'domains', 'handles', 'tier', 'revenue', 'owner'] as const;
export type AccountField = (typeof ACCOUNT_FIELDS)[number];

/** How exports of address books and sales tools call the columns; compared without case, blanks and punctuation. */
const SYNONYMS: Readonly<Record<AccountField, readonly string[]>> = {
  name: [
    'name',
    'company',
    'companyname',
    'client',
    'clientname',
    'account',
    'accountname',
    'customer',
    'customername',
    'organisation',
    'organization',
  ],
  domains: [
    'domains',
    'domain',
    'website',
    'websites',
    'webdomain',
    'emaildomain',
    'emaildomains',
    'maildomain',
    'maildomains',
    'url',
  ],
  handles: ['handles', 'handle', 'twitter', 'twitterhandle', 'x', 'xhandle', 'socialhandle', 'socialhandles'],
  tier: ['tier', 'segment', 'accounttier', 'customertier', 'class', 'level'],
  revenue: [
    'revenue',
    'arr',
    'acv',
    'yearlyrevenue',
    'annualrevenue',
    'annualrecurringrevenue',
    'revenueperyear',
    'contractvalue',
  ],
  owner: [
    'owner',
    'accountowner',
    'accountmanager',
    'csm',
    'customersuccessmanager',
    'manager',
    'salesowner',
    'keyaccountmanager',
  ],
};

export interface AccountColumns {
  /** Position of each field's column; a missing field has none. */
  readonly positions: ReadonlyMap<AccountField, number>;
  readonly ignored: readonly { readonly column: string; readonly meant?: string }[];
  readonly faults: readonly string[];
}

/** Finds the field of each column. A column that is spelt like its field wins over one that is only a synonym. */
export function findColumns(header: readonly string[]): AccountColumns {
  const keys = header.map((column) => column.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
  const positions = new Map<AccountField, number>();
  const faults: string[] = [];
  for (const field of ACCOUNT_FIELDS) {
    const found = keys.flatMap((key, position) => (SYNONYMS[field].includes(key) ? [position] : []));
    const exact = found.filter((position) => keys[position] === field);
    const [position, other] = exact.length === 1 ? exact : found;
    if (position !== undefined) positions.set(field, position);
    if (position !== undefined && other !== undefined) {
      faults.push(
        `columns "${header[position]}" and "${header[other]}" both read as ${field}; rename or remove one`,
      );
    }
  }
  if (!positions.has('name')) {
    faults.push('no column gives the name; call one "name" (or company, client, account, customer)');
  }
  const isKnown = (key: string): boolean => ACCOUNT_FIELDS.some((field) => SYNONYMS[field].includes(key));
  const missing = ACCOUNT_FIELDS.filter((field) => !positions.has(field));
  const ignored = header.flatMap((column, position) => {
    const key = keys[position] ?? '';
    if (key === '' || isKnown(key)) return [];
    const meant = closestWord(key, missing);
    return [meant === undefined ? { column } : { column, meant }];
  });
  return { positions, ignored, faults };
}
