import dns from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import ipaddr from 'ipaddr.js';
import { AppError } from './app-error.ts';

/** Resolves a name to every address it has; the default is the operating system's resolver. */
export type Resolver = (hostname: string) => Promise<readonly dns.LookupAddress[]>;

interface AddressGuardOptions {
  /** Addresses and CIDR blocks, IPv4 or IPv6, that may be reached although they are not public. */
  readonly privateNetworks: readonly string[];
  readonly resolve?: Resolver;
}

/** `public`: any public address or a listed one. `listed`: only addresses in the allow-list. */
export type Reach = 'public' | 'listed';

/**
 * Keeps outbound connections off loopback, link-local, private and otherwise special addresses, so that a URL in the
 * configuration or in a feed cannot make Earshot speak to the machines around it. Two layers are needed: `allows` for
 * literal addresses, which never pass through a lookup, and `lookup` for names, checked at the moment of connecting so
 * that a name that changes its address (DNS rebinding) gains nothing.
 */
export interface AddressGuard {
  /** Whether this IP address (no brackets) may be reached. False for anything that is not an IP address. */
  allows(address: string, reach: Reach): boolean;
  /** A `lookup` for sockets. A name passes only when every one of its addresses does; otherwise `EADDRREFUSED`. */
  lookup(reach: Reach): LookupFunction;
}

/** Code of the error that the guard's lookup gives for a name it refuses. */
export const REFUSED_ADDRESS = 'EADDRREFUSED';

type Network = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Throws `invalid-input` when an entry of the allow-list is neither an address nor a CIDR block. */
export function createAddressGuard({
  privateNetworks,
  resolve = resolveAll,
}: AddressGuardOptions): AddressGuard {
  const networks = privateNetworks.map(networkFrom);

  const allows = (address: string, reach: Reach): boolean => {
    if (!ipaddr.isValid(address)) return false;
    const ip = ipaddr.process(address);
    return isListed(ip, networks) || (reach === 'public' && isPublic(ip));
  };

  const lookup = (reach: Reach): LookupFunction => {
    const resolveAllowed = callbackify(async (hostname: string) => {
      const addresses = await resolve(hostname);
      const isRefused = addresses.length === 0 || !addresses.every(({ address }) => allows(address, reach));
      if (isRefused) throw Object.assign(new Error('address refused'), { code: REFUSED_ADDRESS });
      return addresses;
    });
    return (hostname, options, callback) =>
      resolveAllowed(hostname, (error, addresses) => {
        const [first] = addresses ?? [];
        if (first === undefined) callback(error, '');
        else if (options.all) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      });
  };

  return { allows, lookup };
}

async function resolveAll(hostname: string): Promise<readonly dns.LookupAddress[]> {
  return dns.promises.lookup(hostname, { all: true });
}

/** Strict on the written form: ipaddr.js also reads `10.0.0` and octal numbers, which people rarely mean. */
function networkFrom(entry: string): Network {
  const text = entry.trim();
  const isStrict = isIP(text.split('/')[0] ?? '') !== 0;
  if (isStrict && ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (isStrict && ipaddr.isValid(text)) {
    const ip = ipaddr.process(text);
    return [ip, ip.kind() === 'ipv4' ? 32 : 128];
  }
  throw new AppError(
    'invalid-input',
    `"${entry}" is no network; write it like 10.0.0.0/8, 192.0.2.7 or fd00::/8.`,
  );
}

function isListed(ip: ipaddr.IPv4 | ipaddr.IPv6, networks: readonly Network[]): boolean {
  return networks.some(([base, bits]) => ip.kind() === base.kind() && ip.match(base, bits));
}

/** Public IPv6 is 2000::/3 (RFC 4291); ipaddr.js calls everything it has no name for unicast. */
function isPublic(ip: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (ip.range() !== 'unicast') return false;
  return ip.kind() === 'ipv4' || ip.match(ipaddr.parse('2000::'), 3);
}
