import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutInclude } from '../../../server/records/change-spf-record.ts';
import { networkOf } from '../../../server/records/network.ts';
import { isDomainSpec, isMacroString } from '../../../server/records/spf-macro.ts';
import { readSpfRecord, writeSpfRecord } from '../../../server/records/spf-record.ts';
import { readSpfTerm } from '../../../server/records/spf-term.ts';

describe('a term of SPF (RFC 7208 12)', () => {
  it.each([
    ['a', { name: 'a', qualifier: '+', domain: null, ip4Bits: 32, ip6Bits: 128 }],
    ['-a/24', { name: 'a', qualifier: '-', ip4Bits: 24, ip6Bits: 128 }],
    ['a//64', { ip4Bits: 32, ip6Bits: 64 }],
    ['~a:x.example/24//64', { qualifier: '~', domain: 'x.example', ip4Bits: 24, ip6Bits: 64 }],
    ['mx:x.example/0', { name: 'mx', ip4Bits: 0 }],
    ['a:foo:bar/baz.example', { domain: 'foo:bar/baz.example' }],
    ['ip4:192.0.2.77/24', { network: '192.0.2.0/24' }],
    ['?ip6:2001:DB8::1', { qualifier: '?', network: '2001:db8::1/128' }],
    ['ip6:::ffff:192.0.2.1', { network: '::ffff:c000:201/128' }],
    ['exists:%{ir}.x.%{d2}', { name: 'exists', domain: '%{ir}.x.%{d2}' }],
    ['redirect=_spf.%{d}', { kind: 'modifier', name: 'redirect', value: '_spf.%{d}' }],
    ['Exp=e.example', { kind: 'modifier', name: 'exp' }],
    ['unknown.name_x-y=any%%thing', { kind: 'modifier', name: 'unknown.name_x-y' }],
  ])('%s is read', (text, term) => {
    expect(readSpfTerm(text)).toMatchObject({ text, ...term });
  });

  it.each([
    'all.',
    'all:x',
    '-all/8',
    '+-all',
    'ptr/24',
    'ptr:',
    'include',
    'include:',
    'include:x.example/24',
    'include:localhost',
    'a/33',
    'a/032',
    'a//129',
    'a/-1',
    'a/',
    'a:/24',
    'a:x.example:8080',
    'a:museum',
    'a:x.123',
    'a:x.-com',
    'a:x.com-',
    'ip4',
    'ip4:',
    'ip4:1.2.3',
    'ip4:1.2.3.4//32',
    'ip4:1.2.3.4/33',
    'ip4:::1',
    'ip6:1.2.3.4',
    'ip6:::1//64',
    'ip6:::1/129',
    'ip6:fe80::1%eth0',
    'exists',
    'exists:%{q}.x',
    'exists:%{d0}.x.com',
    'exists:%(i).com',
    'exists:100%.example',
    'redirect=',
    'redirect=localhost',
    'redirect:x.example',
    '=x',
    'x/y=z',
    'all\r',
    'a:\u00e4.example',
    'moo',
  ])('%s is refused', (text) => {
    expect(readSpfTerm(text)).toBeNull();
  });
});

describe('macros (RFC 7208 7.1)', () => {
  it.each([
    ['%{i}', true],
    ['%{ir}', true],
    ['%{d10r+-/_=.,}', true],
    ['%%%_%-', true],
    ['%{c}', false],
    ['%', false],
    ['%{i', false],
    ['a b', false],
    ['%{d0}', false],
  ])('%s: %s', (text, isString) => {
    expect(isMacroString(text)).toBe(isString);
  });

  it('c, r and t are for explanations', () => {
    expect(isMacroString('%{c}%{r}%{t}', true)).toBe(true);
  });

  it.each([
    ['x.example', true],
    ['.com', true],
    ['x.example.', true],
    ['%{d}', true],
    ['x', false],
    ['x.', false],
    ['x.1', false],
    ['', false],
  ])('"%s" as a domain-spec: %s', (text, isSpec) => {
    expect(isDomainSpec(text)).toBe(isSpec);
  });
});

describe('a network', () => {
  it.each([
    ['203.0.113.77', 24, '203.0.113.0/24'],
    ['203.0.113.77', 32, '203.0.113.77/32'],
    ['203.0.113.77', 0, '0.0.0.0/0'],
    ['2001:DB8:0:0:1::1', 64, '2001:db8::/64'],
    ['203.0.113.77', 33, null],
    ['x', 8, null],
  ])('%s/%i is %s', (address, bits, network) => {
    expect(networkOf(address, bits)).toBe(network);
  });
});

describe('an SPF record', () => {
  it.each([
    [
      'v=spf1 mx include:A.Example include:b.example -all',
      'a.example',
      'v=spf1 mx include:b.example -all',
    ],
    ['v=spf1 redirect=a.example', 'a.example', 'v=spf1'],
    ['v=spf1 ?include:a.example. ~all', 'a.example', 'v=spf1 ~all'],
    ['v=spf1 mx -all', 'a.example', 'v=spf1 mx -all'],
    ['no record', 'a.example', 'no record'],
  ])('%s without %s', (text, domain, expected) => {
    expect(withoutInclude(text, domain)).toBe(expected);
  });

  const term = fc.constantFrom(
    'a',
    'mx/28',
    '-ip4:192.0.2.0/24',
    'include:x.example',
    '?exists:%{i}.x.example',
    'ptr',
    'ra=x',
    '~all',
    'redirect=y.example',
  );

  it('that is written reads as the same terms', () => {
    fc.assert(
      fc.property(fc.array(term, { maxLength: 20 }), (texts) => {
        const text = ['v=spf1', ...texts].join(' ');
        const { record } = readSpfRecord(text);
        expect(writeSpfRecord(record?.terms ?? [])).toBe(text);
      }),
    );
  });

  it('never makes the reader throw', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'binary' }), (text) => {
        expect(readSpfRecord(`v=spf1 ${text}`).record).not.toBeNull();
      }),
    );
  });

  it.each([
    '%{i'.repeat(20_000),
    `a:${'a.'.repeat(30_000)}`,
    '/'.repeat(60_000),
    `ip6:${':'.repeat(60_000)}`,
    `x${'-'.repeat(60_000)}=`,
  ])('of 60,000 characters is read at once (%#)', (term) => {
    const startedMs = performance.now();
    readSpfRecord(`v=spf1 ${term}`);
    expect(performance.now() - startedMs).toBeLessThan(500);
  });
});
