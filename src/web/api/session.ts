import { createContext, useContext } from 'react';
import type { Me, Session, Workspace } from '../../contract/session.ts';
import { useApi } from './use-api.ts';

export interface SignedIn {
  readonly me: Me;
  readonly session: Session;
}

export const SignedInContext = createContext<SignedIn | null>(null);

/** Who is signed in; only inside the pages that ask for it. */
export function useSignedIn(): SignedIn {
  const signedIn = useContext(SignedInContext);
  if (signedIn === null) throw new Error('used outside of the pages of a signed-in person');
  return signedIn;
}

const NOTHING: Workspace = { name: '', zone: 'UTC', aspects: [], departments: [], tiers: [], sources: [] };

/** Departments, aspects and what else there is to choose from; empty until it is there. */
export function useWorkspace(): Workspace {
  return useApi('getWorkspace', {}).data ?? NOTHING;
}
