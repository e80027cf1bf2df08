import { describe, expect, test } from 'vitest';

import type { AsLookup } from '../../../server/analysis/as-name.ts';
import { createNaming } from '../../../server/analysis/naming.ts';
import type { Service } from '../../../server/analysis/service.ts';
import type { AddressFacts } from '../../../server/store/source-naming.ts';

function service(id: string, name: string, asns: number[] = []): Service {
  const document = {
    source: `https://${id}.example/help`,
    dated: null,
    signingDomains: [`${id}.example`],
    returnPathSuffixes: [`bounces.${id}.example`],
    ptrSuffixes: [`out.${id}.example`],
    spfIncludes: [`spf.${id}.example`],
    asns,
  };
  return {
    id,
    name,
    kind: 'newsletter',
    documents: [document],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  };
}

const services = [service('post', 'Post', [64_500]), service('mail', 'Mail', [64_501])];
const networks: Record<string, { asn: number; name: string }> = {
  '192.0.2.1': { asn: 64_500, name: 'Post Inc.' },
  '192.0.2.2': { asn: 24_940, name: 'Hetzner Online GmbH' },
};
const lookupAs: AsLookup = (sourceIp) => networks[sourceIp] ?? null;
const naming = createNaming(lookupAs, services);

const nothing: AddressFacts = {
  policyDomain: 'example.org',
  spf: null,
  ownHost: false,
  pointer: null,
};
const bySpf = (id: string, messages: number) => ({ service: id, by: 'spf' as const, messages });
const byDkim = (id: string, messages: number) => ({ service: id, by: 'dkim' as const, messages });
type Signs = (ReturnType<typeof bySpf> | ReturnType<typeof byDkim>)[];

const covered = (include: string | null): Partial<AddressFacts> => ({
  spf: { network: '192.0.2.0/24', include },
});
const pointed = (name: string, confirmed = true): Partial<AddressFacts> => ({
  pointer: { name, confirmed },
});
const named = (signs: Signs, facts: Partial<AddressFacts>, sourceIp = '192.0.2.2') =>
  naming.nameOf(sourceIp, signs, { ...nothing, ...facts });

describe('the strongest evidence names a source', () => {
  const cases: [about: string, Signs, Partial<AddressFacts>, id: string, kind: string][] = [
    ['a term of its own SPF record', [], covered(null), 'spf:example.org', 'own-network'],
    ['its own A or MX address', [], { ownHost: true }, 'spf:example.org', 'own-network'],
    ['a confirmed name under it', [], pointed('mx.example.org'), 'spf:example.org', 'own-network'],
    [
      'own servers before any sign of a service',
      [bySpf('post', 900)],
      { ownHost: true, ...pointed('a.out.post.example') },
      'spf:example.org',
      'own-network',
    ],
    ['an include of a service', [], covered('spf.post.example'), 'service:post', 'service'],
    [
      'an include before the signs of another service',
      [bySpf('mail', 900)],
      covered('spf.post.example'),
      'service:post',
      'service',
    ],
    ['any other include', [], covered('spf.host.example'), 'spf:spf.host.example', 'spf'],
    [
      'a service behind an include that is only the record spread over names',
      [bySpf('post', 1)],
      covered('_spf.example.org'),
      'service:post',
      'service',
    ],
    [
      'a service behind a record that another service keeps for the domain',
      [bySpf('post', 1)],
      covered('example.org._spf.keeper.example'),
      'service:post',
      'service',
    ],
    [
      'such an include, without a sign',
      [],
      covered('_spf.example.org'),
      'spf:_spf.example.org',
      'spf',
    ],
    ['an SPF pass of a return path', [bySpf('post', 1)], {}, 'service:post', 'service'],
    [
      'a signature, where the reverse name agrees',
      [byDkim('post', 1)],
      pointed('a.out.post.example'),
      'service:post',
      'service',
    ],
    ['a confirmed name of a service', [], pointed('a.out.post.example'), 'service:post', 'service'],
    [
      'a service before a reverse name of another',
      [bySpf('mail', 1)],
      pointed('a.out.post.example'),
      'service:mail',
      'service',
    ],
    ['a confirmed name', [], pointed('mx4.school.example'), 'ptr:school.example', 'ptr'],
    [
      'a confirmed name before signatures that nothing agrees with',
      [byDkim('post', 900)],
      pointed('mx4.school.example'),
      'ptr:school.example',
      'ptr',
    ],
    [
      'the network, for an unconfirmed name',
      [],
      pointed('a.out.post.example', false),
      'as:24940',
      'as',
    ],
    [
      'the network, for an unconfirmed name under the domain',
      [],
      pointed('mx.example.org', false),
      'as:24940',
      'as',
    ],
    [
      'the network, for a name made from the address',
      [],
      pointed('static.2.2.0.192.host.example'),
      'as:24940',
      'as',
    ],
    [
      'the network, for a numbered machine',
      [],
      pointed('vmi123456.host.example'),
      'as:24940',
      'as',
    ],
    ['the network, without more', [], {}, 'as:24940', 'as'],
  ];
  test.each(cases)('%s', (_about, signs, facts, id, kind) => {
    expect(named(signs, facts)).toMatchObject({ id, kind });
  });

  test('a subdomain has its own servers under its own id', () => {
    const facts = { ...nothing, ...pointed('mx.example.org'), policyDomain: 'news.example.org' };
    expect(naming.nameOf('192.0.2.2', [], facts).id).toBe('spf:news.example.org');
  });

  test('a network of a service does not name the service without a sign of it', () => {
    expect(named([], {}, '192.0.2.1').id).toBe('as:64500');
  });

  test('without a network the address block stands for it', () => {
    expect(named([], {}, '203.0.113.9')).toMatchObject({ id: 'net:203.0.113.0/24', kind: 'block' });
    expect(named([], {}, '2001:db8:1::9').id).toBe('net:2001:db8:1::/48');
    expect(named([], pointed('9.113.0.203.host.example'), '203.0.113.9').kind).toBe('block');
  });
});

describe('what the name rests on is said in words', () => {
  const cases: [Signs, Partial<AddressFacts>, sourceIp: string, evidence: string][] = [
    [[], covered(null), '192.0.2.2', 'The SPF record of example.org names 192.0.2.0/24 itself.'],
    [
      [],
      { ownHost: true, ...pointed('mx.example.org') },
      '192.0.2.2',
      'It is an address or a mail host (A, AAAA or MX) of example.org. Its confirmed reverse name mx.example.org is under example.org.',
    ],
    [
      [],
      covered('spf.post.example'),
      '192.0.2.2',
      'The SPF record of example.org covers 192.0.2.0/24 through include:spf.post.example.',
    ],
    [
      [bySpf('post', 412)],
      {},
      '192.0.2.2',
      'SPF passed for a return path of Post on 412 messages.',
    ],
    [
      [byDkim('post', 1)],
      {},
      '192.0.2.1',
      'A signature of Post passed on 1 message; Post sends from Post (AS64500).',
    ],
    [
      [byDkim('post', 30), bySpf('post', 2)],
      pointed('a.out.post.example'),
      '192.0.2.2',
      'SPF passed for a return path of Post on 2 messages; a signature of Post passed on 30 messages; its confirmed reverse name a.out.post.example is one of Post.',
    ],
    [
      [byDkim('post', 900)],
      pointed('mx4.school.example'),
      '192.0.2.2',
      'Its reverse name mx4.school.example is confirmed by a forward look-up. A signature of Post passed on 900 messages, but a signature survives forwarding: alone it names nothing.',
    ],
    [
      [byDkim('post', 900)],
      pointed('a.out.post.example', false),
      '192.0.2.2',
      'The address is in AS24940, Hetzner Online GmbH: a network, not a mail service. Its reverse name claims a.out.post.example, which no forward look-up confirms. A signature of Post passed on 900 messages, but a signature survives forwarding: alone it names nothing.',
    ],
    [
      [],
      pointed('9.113.0.203.host.example'),
      '203.0.113.9',
      'No network is known for this address, so its block stands for it. Its reverse name 9.113.0.203.host.example is one that the network gives to any machine.',
    ],
  ];
  test.each(cases)('%j %j at %s', (signs, facts, sourceIp, evidence) => {
    expect(named(signs, facts, sourceIp).evidence).toBe(evidence);
  });

  test.each([
    [covered(null), 'Your own servers'],
    [covered('spf.post.example'), 'Post'],
    [covered('spf.host.example'), 'spf.host.example'],
    [pointed('mx4.school.example'), 'school.example'],
    [{}, 'Hetzner Online (AS24940)'],
  ])('%j is called %s', (facts, name) => {
    expect(named([], facts).name).toBe(name);
  });
});

describe('of several services', () => {
  const cases: [about: string, Signs, id: string][] = [
    ['the one with most messages', [bySpf('post', 5), bySpf('mail', 6)], 'service:mail'],
    ['the first id where they are equal', [bySpf('post', 5), bySpf('mail', 5)], 'service:mail'],
    [
      'signatures that nothing agrees with do not count',
      [bySpf('post', 5), byDkim('mail', 500)],
      'service:post',
    ],
    [
      'agreed signatures add to SPF',
      [bySpf('post', 3), byDkim('post', 3), bySpf('mail', 5)],
      'service:post',
    ],
  ];
  test.each(cases)('%s', (_about, signs, id) => {
    expect(named(signs, {}).id).toBe(id);
    expect(named([...signs].reverse(), {}).id).toBe(id);
  });

  test('a service that the catalogue no longer has, and a sign of no message, name nothing', () => {
    expect(named([bySpf('gone', 5), bySpf('post', 0)], {}, '203.0.113.9').kind).toBe('block');
  });
});

test('with the shipped catalogue, a rented machine at Microsoft stays a network', () => {
  const shipped = createNaming(() => ({ asn: 8075, name: 'Microsoft Corporation' }));
  const signs = [byDkim('microsoft-365', 40)];
  expect(shipped.nameOf('192.0.2.7', signs, nothing).id).toBe('as:8075');
  const facts = { ...nothing, ...pointed('7.2.0.192.outbound.protection.outlook.com') };
  expect(shipped.nameOf('192.0.2.7', [], facts).id).toBe('service:microsoft-365');
});
