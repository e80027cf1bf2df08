import { describe, expect, test } from 'vitest';

import { catalogue } from '../../../server/analysis/catalogue/catalogue.ts';
import type { Service } from '../../../server/analysis/service.ts';
import { knownServices } from '../../../server/analysis/service-facts.ts';

const known = knownServices(catalogue);
const idOf = (service: Service | null): string | null => service?.id ?? null;

describe('whose a domain is', () => {
  const cases: [ask: () => Service | null, id: string | null][] = [
    [() => known.serviceById('mimecast'), 'mimecast'],
    [() => known.serviceById('gone'), null],
    [() => known.serviceOfReturnPath('mail1.mcsv.net'), 'mailchimp'],
    [() => known.serviceOfReturnPath('MAIL1.MCSV.NET'), 'mailchimp'],
    [() => known.serviceOfReturnPath('notmcsv.net'), null],
    [() => known.serviceOfReturnPath('net'), null],
    [() => known.serviceOfReturnPath(''), null],
    [() => known.serviceOfReturnPath(null), null],
    [() => known.serviceOfReturnPath('outlook.com'), 'outlook-com'],
    [() => known.serviceOfReturnPath('eur.prod.protection.outlook.com'), 'microsoft-365'],
    [() => known.serviceOfSigningDomain('contoso.onmicrosoft.com'), 'microsoft-365'],
    [() => known.serviceOfInclude('_spf.google.com'), 'google'],
    [() => known.serviceOfInclude('spf.protection.outlook.com'), 'microsoft-365'],
    [() => known.serviceOfInclude('eu._netblocks.mimecast.com'), 'mimecast'],
    [() => known.serviceOfInclude('u1.wl2.sendgrid.net'), 'sendgrid'],
    [() => known.serviceOfInclude('spf.example.net'), null],
    [() => known.serviceOfPointer('4.3.2.1.protection.outlook.com'), 'microsoft-365'],
    [() => known.serviceOfPointer('mail.example.net'), null],
  ];
  test.each(cases)('%s', (ask, id) => {
    expect(idOf(ask())).toBe(id);
  });
});

describe('mail that was passed on, by its return path', () => {
  test.each([
    ['forwardemail.net', true, false],
    ['email.cloudflare.net', true, false],
    ['mcsv.net', false, false],
    [null, false, false],
  ])('%s', (domain, isForwarder, isList) => {
    expect(known.isForwarderReturnPath(domain)).toBe(isForwarder);
    expect(known.isMailingListReturnPath(domain)).toBe(isList);
  });

  test('a mailing list passes mail on too', () => {
    const list: Service = {
      id: 'lists',
      name: 'Lists',
      kind: 'mailing-list',
      documents: [
        { source: 'https://lists.example', dated: null, returnPathSuffixes: ['lists.example'] },
      ],
      tenancyPattern: null,
      alignDkim: null,
      alignSpf: null,
    };
    const services = knownServices([list]);
    expect(services.isForwarderReturnPath('bounces.lists.example')).toBe(true);
    expect(services.isMailingListReturnPath('bounces.lists.example')).toBe(true);
  });
});

describe('whose machines a source is', () => {
  test.each([
    ['service:mimecast', 'mimecast'],
    ['as:30031', 'mimecast'],
    ['spf:eu._netblocks.mimecast.com', 'mimecast'],
    ['ptr:protection.outlook.com', 'microsoft-365'],
    ['as:24940', null],
    ['as:15169', null],
    ['net:203.0.113.0/24', null],
    ['net:2001:db8:1::/48', null],
    ['service:gone', null],
    ['', null],
  ])('%s', (sourceId, id) => {
    expect(idOf(known.operatorOf(sourceId))).toBe(id);
  });
});

describe('the customer in a default signing domain', () => {
  test.each([
    ['example-org.20230601.gappssmtp.com', 'google', 'example-org', true],
    ['EXAMPLE-ORG.20230601.gappssmtp.com', 'google', 'example-org', true],
    ['contoso.onmicrosoft.com', 'microsoft-365', 'contoso', false],
    ['contoso.mail.onmicrosoft.com', 'microsoft-365', 'contoso', false],
    ['123456.clients.bmsend.com', 'benchmark-email', '123456', false],
  ])('%s', (domain, id, tenant, isDomain) => {
    expect(known.tenantOf(domain)).toEqual({ service: known.serviceById(id), tenant, isDomain });
  });

  test.each([
    'gappssmtp.com',
    'x.gappssmtp.com',
    'onmicrosoft.com',
    'mcsv.net',
    'example.org',
    null,
  ])('%s names none', (domain) => {
    expect(known.tenantOf(domain)).toBeNull();
  });

  test.each([
    ['example-org.20230601.gappssmtp.com', 'example.org', true],
    ['my-shop-example.20150623.gappssmtp.com', 'my-shop.example', true],
    ['example-org.20230601.gappssmtp.com', 'example.net', false],
    ['example-org.onmicrosoft.com', 'example.org', false],
  ])('%s is the default signature of %s: %s', (domain, policyDomain, is) => {
    expect(known.isTenantSignature(domain, policyDomain)).toBe(is);
  });
});
