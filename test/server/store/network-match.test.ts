import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { expect, test } from 'vitest';
import { createNetworkMatch } from '../../../server/store/write/network-match.ts';

const networks = [
  ['10.0.0.0/8', 'wide'],
  ['10.1.0.0/16', 'narrower'],
  ['10.1.2.3/32', null],
  ['10.1.0.0/16', 'the same again'],
  ['10.1.128.0/17', 'half'],
  ['2001:db8::/32', 'v6'],
  ['2001:db8:0:1::/63', 'v6 narrower'],
  ['::/0', 'every v6'],
  ['no network', 'nonsense'],
].map(([network = '', include = null]) => ({ network: network ?? '', include }));

const cases: [sourceIp: string, include: string | null | undefined][] = [
  ['10.200.0.1', 'wide'],
  ['10.1.0.1', 'narrower'],
  ['10.1.200.1', 'half'],
  ['10.1.2.3', null],
  ['11.0.0.0', undefined],
  ['2001:db8:ffff::1', 'v6'],
  ['2001:db8::1', 'v6 narrower'],
  ['2001:db9::', 'every v6'],
];
for (const [sourceIp, include] of cases) {
  test(`${sourceIp} is covered by ${include === undefined ? 'nothing' : String(include)}`, () => {
    expect(createNetworkMatch(networks)(sourceIp)?.include).toBe(include);
  });
}

test('the smallest network that covers an address is found, for any networks', () => {
  const address = fc.ipV4();
  const anyNetwork = fc
    .tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }))
    .map(([base, bits]) => ({ network: `${base}/${bits}`, include: base }));
  fc.assert(
    fc.property(fc.array(anyNetwork), address, (some, sourceIp) => {
      const covering = some.filter(({ network }) =>
        ipaddr.parse(sourceIp).match(ipaddr.parseCIDR(network)),
      );
      const bitsOf = ({ network }: { network: string }) => Number(network.split('/')[1]);
      const smallest = Math.max(...covering.map(bitsOf));
      const expected = covering.find((one) => bitsOf(one) === smallest) ?? null;
      expect(createNetworkMatch(some)(sourceIp)).toEqual(expected);
    }),
  );
});
