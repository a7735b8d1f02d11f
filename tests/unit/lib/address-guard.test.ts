import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAddressGuard, REFUSED_ADDRESS } from '../../../src/lib/address-guard.ts';

const guard = createAddressGuard({ privateNetworks: ['10.0.0.0/8', '192.168.4.4', 'fd00::/8'] });

function lookup(addresses: readonly string[], all: boolean) {
  const resolve = async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const named = createAddressGuard({ privateNetworks: ['10.0.0.0/8'], resolve });
  return new Promise((done) => {
    named.lookup('public')('name.example', { all }, (error, answer, family) =>
      done(error?.code ?? [answer, family]),
    );
  });
}

describe('address guard', () => {
  it.each([
    ['8.8.8.8', true, false],
    ['2606:4700::1111', true, false],
    ['10.1.2.3', true, true],
    ['::ffff:10.1.2.3', true, true],
    ['192.168.4.4', true, true],
    ['192.168.4.5', false, false],
    ['fd00::1', true, true],
    ['127.0.0.1', false, false],
    ['0.0.0.0', false, false],
    ['169.254.169.254', false, false],
    ['100.64.0.1', false, false],
    ['172.16.0.1', false, false],
    ['192.0.2.1', false, false],
    ['198.18.0.1', false, false],
    ['224.0.0.1', false, false],
    ['240.0.0.1', false, false],
    ['255.255.255.255', false, false],
    ['::', false, false],
    ['::1', false, false],
    ['::ffff:7f00:1', false, false],
    ['::7f00:1', false, false],
    ['64:ff9b::7f00:1', false, false],
    ['2002:7f00:1::', false, false],
    ['fe80::1', false, false],
    ['fec0::1', false, false],
    ['ff02::1', false, false],
    ['4000::1', false, false],
    ['name.example', false, false],
    ['', false, false],
  ])('%s may be reached: %s, because it is listed: %s', (address, mayReach, isListed) => {
    expect([guard.allows(address, 'public'), guard.allows(address, 'listed')]).toEqual([mayReach, isListed]);
  });

  it('never lets a private IPv4 address through that is not listed', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const strict = createAddressGuard({ privateNetworks: [] });
    fc.assert(
      fc.property(
        fc.constantFrom('10', '127', '172.16', '172.31', '192.168', '169.254', '0'),
        octet,
        octet,
        octet,
        (net, ...rest) => {
          const address = [...net.split('.'), ...rest].slice(0, 4).join('.');
          expect(strict.allows(address, 'public')).toBe(false);
          expect(strict.allows(`::ffff:${address}`, 'public')).toBe(false);
        },
      ),
    );
  });

  it('gives a name its addresses, one or all as asked', async () => {
    expect(await lookup(['8.8.8.8', '10.0.0.1'], false)).toEqual(['8.8.8.8', 4]);
    expect(await lookup(['8.8.8.8', '10.0.0.1'], true)).toEqual([
      [
        { address: '8.8.8.8', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ],
      undefined,
    ]);
  });

  it.each([[['127.0.0.1']], [['8.8.8.8', '127.0.0.1']], [['8.8.8.8', '::1']], [[]]])(
    'refuses a name for %j',
    async (addresses) => {
      expect(await lookup(addresses, true)).toBe(REFUSED_ADDRESS);
      expect(await lookup(addresses, false)).toBe(REFUSED_ADDRESS);
    },
  );

  it.each(['10.0.0.0/33', 'name.example', '', '10.0.0', '010.0.0.0/8'])(
    'does not take %j for a network',
    (network) => {
      expect(() => createAddressGuard({ privateNetworks: [network] })).toThrow(
        expect.objectContaining({ kind: 'invalid-input' }),
      );
    },
  );
});
