import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';
import type { z } from 'zod';
import { CaseQuery } from '../../contract/cases.ts';

/** What of the inbox is shown, as the contract asks for it. */
export type CaseFilter = Omit<z.input<typeof CaseQuery>, 'cursor' | 'limit'>;
type FilterKey = keyof CaseFilter;

const KEYS = ['department', 'tab', 'q'] as const;

export interface Place {
  readonly filter: CaseFilter;
  readonly tab: z.output<typeof CaseQuery>['tab'];
  /** The case that is open beside the list. */
  readonly caseId: string | null;
}

export type Patch = Partial<Record<FilterKey | 'case', string | null>>;

/** Reads the place from an address; a value that the contract refuses counts as missing. */
export function readPlace(search: URLSearchParams): Place {
  const filter: Record<string, unknown> = {};
  for (const key of KEYS) {
    const value = search.get(key);
    if (value !== null && CaseQuery.shape[key].safeParse(value).success) filter[key] = value;
  }
  const caseId = search.get('case');
  return {
    filter,
    tab: CaseQuery.shape.tab.parse(filter['tab']),
    caseId: caseId !== null && /^\d{1,18}$/.test(caseId) ? caseId : null,
  };
}

/** The search of the address with the patch's values; null takes a value out. */
export function writePlace(search: URLSearchParams, patch: Patch): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || value === '' || (key === 'tab' && value === 'open')) next.delete(key);
    else if (value !== undefined) next.set(key, value);
  }
  return next;
}

interface Placing {
  readonly place: Place;
  /** Goes elsewhere within the inbox; `replace` leaves no step to go back to. */
  readonly move: (patch: Patch, options?: { readonly replace?: boolean }) => void;
  readonly hrefOf: (patch: Patch) => string;
}

/** The inbox's state that a link can carry: it stands in the address alone. */
export function usePlace(): Placing {
  const [search, setSearch] = useSearchParams();
  const place = useMemo(() => readPlace(search), [search]);
  const move = useCallback(
    (patch: Patch, options: { readonly replace?: boolean } = {}) =>
      setSearch((current) => writePlace(current, patch), options),
    [setSearch],
  );
  return { place, move, hrefOf: (patch) => `/inbox?${writePlace(search, patch).toString()}` };
}
