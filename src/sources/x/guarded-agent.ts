import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP } from 'node:net';
import { createAddressGuard } from '../../lib/address-guard.ts';
import { AppError } from '../../lib/app-error.ts';

/**
 * Connections to the API by the rule of our own HTTP client: https on its usual port to public addresses, anything else to the
 * listed networks only, so that the token never travels readable. Throws AppError `invalid-input` for an address that may not be called.
 */
export function guardedAgent(apiUrl: URL, privateNetworks: readonly string[]): HttpAgent {
  const guard = createAddressGuard({ privateNetworks });
  const isPlain = apiUrl.protocol === 'http:';
  const reach = !isPlain && (apiUrl.port === '' || apiUrl.port === '443') ? 'public' : 'listed';
  const host = apiUrl.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !guard.allows(host, reach)) throw refusedAddress(apiUrl);
  const options = { lookup: guard.lookup(reach) };
  return isPlain ? new HttpAgent(options) : new HttpsAgent(options);
}

export function refusedAddress(apiUrl: URL): AppError {
  return new AppError(
    'invalid-input',
    `${apiUrl.hostname} is not a public https address that Earshot may call: check api_url.`,
  );
}
