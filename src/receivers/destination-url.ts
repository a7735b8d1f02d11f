import type { AddressGuard } from '../lib/address-guard.ts';
import { AppError } from '../lib/app-error.ts';

interface Rule {
  /** Whether the address is one of the service's own. */
  readonly isOurs: (url: URL) => boolean;
  /** A literal address (or localhost) of an allowed private network passes as well: a proxy, a stand-in. */
  readonly guard: AddressGuard;
  /** The error's message; it must not repeat the address, which may be a secret. */
  readonly fault: string;
}

/** Reads the address of a known service. Throws `invalid-input` for any other. */
export function destinationUrl(text: string, { isOurs, guard, fault }: Rule): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const isListed = guard.allows(host === 'localhost' ? '127.0.0.1' : host, 'listed');
  if (url === null || !(isOurs(url) || isListed)) throw new AppError('invalid-input', fault);
  return url;
}
