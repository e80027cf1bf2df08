import { describe, expect, test } from 'vitest';

import type { AsLookup } from '../../../server/analysis/as-name.ts';
import { createNaming } from '../../../server/analysis/naming.ts';
import type { Service } from '../../../server/analysis/service.ts';

function service(id: string, name: string, asns: number[] = []): Service {
  const document = {
    source: `https://${id}.example/help`,
    dated: null,
    signingDomains: [`${id}.example`],
    returnPathSuffixes: [`bounces.${id}.example`],
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

const bySpf = (id: string, messages: number) => ({ service: id, by: 'spf' as const, messages });
const byDkim = (id: string, messages: number) => ({ service: id, by: 'dkim' as const, messages });

describe('what names a source', () => {
  test('an SPF pass of a return path of a service names it, whatever the network', () => {
    expect(naming.nameOf('192.0.2.2', [bySpf('post', 412)])).toEqual({
      id: 'service:post',
      name: 'Post',
      kind: 'service',
      evidence: 'SPF passed for a return path of Post on 412 messages.',
    });
  });

  test('a signature names a service where the address is in its network', () => {
    expect(naming.nameOf('192.0.2.1', [byDkim('post', 1)])).toEqual({
      id: 'service:post',
      name: 'Post',
      kind: 'service',
      evidence: 'A signature of Post passed on 1 message; Post sends from Post (AS64500).',
    });
  });

  test('a signature counts where SPF has agreed on other mail of the address', () => {
    const name = naming.nameOf('192.0.2.2', [byDkim('post', 30), bySpf('post', 2)]);
    expect(name.id).toBe('service:post');
    expect(name.evidence).toContain('a signature of Post passed on 30 messages');
  });

  test('a signature alone does not turn a forwarder into the service', () => {
    expect(naming.nameOf('192.0.2.2', [byDkim('post', 900)])).toEqual({
      id: 'as:24940',
      name: 'Hetzner Online (AS24940)',
      kind: 'as',
      evidence:
        'The address is in AS24940, Hetzner Online GmbH: a network, not a mail service. A signature of Post passed on 900 messages, but a signature survives forwarding: alone it names nothing.',
    });
  });

  test('a network of a service does not name the service without a sign of it', () => {
    expect(naming.nameOf('192.0.2.1', []).id).toBe('as:64500');
  });

  test('without a network the address block stands for it', () => {
    expect(naming.nameOf('203.0.113.9', [])).toEqual({
      id: 'net:203.0.113.0/24',
      name: '203.0.113.0/24',
      kind: 'block',
      evidence: 'No network is known for this address, so its block stands for it.',
    });
    expect(naming.nameOf('2001:db8:1::9', []).id).toBe('net:2001:db8:1::/48');
  });
});

describe('of several services', () => {
  const cases: [about: string, signs: ReturnType<typeof bySpf | typeof byDkim>[], id: string][] = [
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
    expect(naming.nameOf('192.0.2.2', signs).id).toBe(id);
    expect(naming.nameOf('192.0.2.2', [...signs].reverse()).id).toBe(id);
  });

  test('a service that the catalogue no longer has, and a sign of no message, name nothing', () => {
    expect(naming.nameOf('203.0.113.9', [bySpf('gone', 5), bySpf('post', 0)]).kind).toBe('block');
  });
});
