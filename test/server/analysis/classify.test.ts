import { describe, expect, test } from 'vitest';

import { prepareClasses } from '../../../server/analysis/classify.ts';
import { catalogue } from '../../../server/analysis/catalogue/catalogue.ts';
import { knownServices } from '../../../server/analysis/service-facts.ts';
import type { Service } from '../../../server/analysis/service.ts';
import {
  NO_WORDS,
  botnet,
  classesOf,
  classifyMail,
  ownWorkspace,
  sourceOf,
  wordsOn,
} from './classes/context.ts';
import { mailOf } from './mail-of.ts';
import type { MailRow, MailSpec } from './mail/story.ts';

const service = (id: string, kind: Service['kind'], returnPath: string): Service => ({
  ...{ id, name: id, kind, tenancyPattern: null, alignDkim: null, alignSpf: null },
  documents: [{ source: 'https://docs.example/', dated: null, returnPathSuffixes: [returnPath] }],
});

const services = knownServices([
  ...catalogue,
  {
    ...service('test-filter', 'security-gateway', 'filter.example'),
    documents: [{ source: 'https://docs.example/', dated: null, asns: [64_999] }],
  },
  service('test-forwarder', 'forwarder', 'srs.example'),
]);

interface Case {
  about: string;
  rows: MailRow[];
  classes: Record<string, string>;
  spec?: Partial<MailSpec>;
}

const cases = (all: readonly Case[]) => all.map((one) => [one.about, one] as const);

const check = (_: string, { rows, classes, spec }: Case) => {
  expect(classesOf(rows, { services }, spec)).toEqual(classes);
};

describe('own mail is what is tied to the owner', () => {
  test.each(
    cases([
      {
        about: 'anything from a network of the domain itself, also what fails',
        rows: [
          { source: 'spf:example.org', messages: 3, spf: ['pass example.org'] },
          { source: 'spf:example.org', messages: 1 },
          { source: 'ptr:example.org', messages: 1, spf: ['none web.hosting.example'] },
        ],
        classes: { 'spf:example.org#own': 'own', 'ptr:example.org#own': 'own' },
      },
      {
        about: 'an aligned return path from a network that no include stands for',
        rows: [{ source: 'as:64500 Hosting', messages: 2, spf: ['pass bounce.example.org'] }],
        classes: { 'as:64500#own': 'own' },
      },
      {
        about: 'a service with a signature of the domain and a return path of its own',
        rows: [
          {
            source: 'service:amazon-ses',
            messages: 9,
            dkim: ['pass example.org tickets', 'pass amazonses.com x'],
            spf: ['pass eu-west-1.amazonses.com'],
          },
        ],
        classes: { 'service:amazon-ses#own': 'own' },
      },
      {
        about: 'an own small sender with a selector used only there',
        rows: [
          ownWorkspace,
          {
            source: 'as:64500 Hosting',
            messages: 1,
            weekdays: [1],
            dkim: ['pass example.org shop'],
            spf: ['none shop.hosting.example'],
          },
        ],
        classes: { 'service:google#own': 'own', 'as:64500#own': 'own' },
      },
      {
        about: 'both address families of a server, one of them missing in SPF',
        rows: [
          {
            source: 'net:192.0.2.0/24',
            messages: 6,
            dkim: ['pass example.org mail'],
            spf: ['pass example.org'],
          },
          {
            source: 'net:2001:db8::/48',
            messages: 4,
            dkim: ['pass example.org mail'],
            spf: ['softfail example.org'],
          },
        ],
        classes: { 'net:192.0.2.0/24#own': 'own', 'net:2001:db8::/48#own': 'own' },
      },
      {
        about: 'a service outside the catalogue that signs from a pool of networks',
        rows: [64_500, 64_501, 64_502].map((asn, index) => ({
          source: `as:${asn}`,
          messages: [80, 10, 5][index] ?? 1,
          dkim: ['pass example.org desk'],
          spf: ['pass bounces.desk.example'],
        })),
        classes: { 'as:64500#own': 'own', 'as:64501#own': 'own', 'as:64502#own': 'own' },
      },
      {
        about: 'a key rotated half way: the new one fails at the sender in use',
        rows: [
          ownWorkspace,
          {
            source: 'service:google',
            days: [-9, 0],
            messages: 40,
            dkim: ['fail example.org google2'],
            spf: ['pass example.org'],
          },
        ],
        classes: { 'service:google#own': 'own' },
      },
      {
        about: 'a key rotated half way at a service with a return path of its own',
        rows: [
          {
            source: 'as:64500 Desk',
            messages: 20,
            dkim: ['pass example.org k1'],
            spf: ['pass bounces.desk.example'],
          },
          {
            source: 'as:64500 Desk',
            days: [-9, 0],
            messages: 20,
            dkim: ['fail example.org k2'],
            spf: ['pass bounces.desk.example'],
          },
        ],
        classes: { 'as:64500#own': 'own' },
      },
      {
        about: 'Workspace in its first days: signed for the customer by default',
        rows: [
          {
            source: 'service:google',
            on: [-1, 0],
            messages: 100,
            dkim: ['pass example-org.20230601.gappssmtp.com 20230601'],
            spf: ['pass example.org'],
          },
        ],
        classes: { 'service:google#own': 'own' },
      },
      {
        about: 'Workspace without SPF and without an own key, by its default signature',
        rows: [
          {
            source: 'service:google',
            messages: 10,
            dkim: ['pass example-org.20230601.gappssmtp.com 20230601'],
            spf: ['softfail example.org'],
          },
        ],
        classes: { 'service:google#own': 'own' },
      },
      {
        about: 'a DNS error at a sender in use',
        rows: [
          ownWorkspace,
          { source: 'service:google', messages: 1, spf: ['temperror example.org'] },
        ],
        classes: { 'service:google#own': 'own' },
      },
      {
        about: 'subdomains in From, and a policy domain below the organizational domain',
        spec: { domain: 'mail.example.org' },
        rows: [
          {
            source: 'as:64500',
            from: 'news.mail.example.org',
            messages: 2,
            dkim: ['pass example.org s1'],
          },
        ],
        classes: { 'as:64500#own': 'own' },
      },
      {
        about: 'a domain with strict alignment: signed by a subdomain, so own, and failing',
        spec: { policy: { adkim: 'strict', aspf: 'strict' } },
        rows: [{ source: 'as:64500', messages: 2, dkim: ['pass mail.example.org s1'] }],
        classes: { 'as:64500#own': 'own' },
      },
      {
        about: 'an aligned pass that the reporter tells without raw results',
        rows: [{ source: 'as:64500', messages: 2, dkimAligned: true }],
        classes: { 'as:64500#own': 'own' },
      },
      {
        about: 'all records without a selector (optional in RFC 7489) count as one key',
        rows: [
          {
            source: 'as:64500',
            messages: 20,
            dkim: ['pass example.org -'],
            spf: ['pass example.org'],
          },
          {
            source: 'as:64501',
            messages: 1,
            dkim: ['pass example.org -'],
            spf: ['fail example.org'],
          },
        ],
        classes: { 'as:64500#own': 'own', 'as:64501#forwarded': 'forwarder' },
      },
    ]),
  )('%s', check);
});

describe('SPF alone through what other customers share', () => {
  const alone: MailRow = {
    source: 'spf:_spf.hosting.example',
    messages: 5,
    spf: ['pass example.org'],
  };

  test.each(
    cases([
      {
        about: 'is asked about from a source not seen before',
        rows: [alone],
        classes: { 'spf:_spf.hosting.example#own': 'unknown' },
      },
      {
        about: 'is own where the source was seen before the days looked at',
        rows: [{ ...alone, days: [-40, 0] }],
        classes: { 'spf:_spf.hosting.example#own': 'own' },
      },
      {
        about: 'is own where other mail of the source is tied',
        rows: [alone, { ...alone, messages: 1, dkim: ['pass example.org s1'] }],
        classes: { 'spf:_spf.hosting.example#own': 'own' },
      },
      {
        about: 'is asked about apart where another customer signed it',
        rows: [
          ownWorkspace,
          { ...alone, source: 'service:google', dkim: ['pass partner.example s1'] },
        ],
        classes: { 'service:google#own': 'own', 'service:google#as:partner.example': 'unknown' },
      },
    ]),
  )('%s', check);
});

describe('forwarders pass own mail on', () => {
  const travelled: MailRow = {
    source: 'as:64510 Alumni',
    messages: 4,
    dkim: ['pass example.org google'],
    spf: ['softfail example.org'],
  };

  test.each(
    cases([
      {
        about: 'the selector travels: it passes, but is made elsewhere',
        rows: [ownWorkspace, travelled],
        classes: { 'service:google#own': 'own', 'as:64510#forwarded': 'forwarder' },
      },
      {
        about: 'a broken signature with a known selector',
        rows: [ownWorkspace, { ...travelled, dkim: ['fail example.org google'] }],
        classes: { 'service:google#own': 'own', 'as:64510#forwarded': 'forwarder' },
      },
      {
        about: 'scattered small counts are forwarding, with the signature',
        rows: [
          ownWorkspace,
          ...botnet(14, { days: [-3, -3], messages: 1, dkim: ['fail example.org google'] }),
        ],
        classes: {
          'service:google#own': 'own',
          ...Object.fromEntries(
            Array.from({ length: 14 }, (_, index) => [
              `as:${64_600 + index}#forwarded`,
              'forwarder',
            ]),
          ),
        },
      },
      {
        about: 'a mailing list, with its return path and a broken signature',
        rows: [
          ownWorkspace,
          {
            source: 'as:64511 Lists',
            messages: 6,
            dkim: ['fail example.org google', 'pass lists.example.net list'],
            spf: ['pass lists.example.net'],
          },
        ],
        classes: { 'service:google#own': 'own', 'as:64511#forwarded': 'forwarder' },
      },
      {
        about: 'most mail seen through a list: the key stays at home where SPF anchors it',
        rows: [
          { ...ownWorkspace, messages: 2 },
          {
            source: 'as:64511 Lists',
            messages: 200,
            dkim: ['pass example.org google'],
            spf: ['pass lists.example.net'],
          },
        ],
        classes: { 'service:google#own': 'own', 'as:64511#forwarded': 'forwarder' },
      },
      {
        about: 'a list at the very service that the owner uses',
        rows: [
          ownWorkspace,
          {
            source: 'service:google',
            messages: 3,
            dkim: ['fail example.org google'],
            spf: ['pass lists.example.net'],
          },
        ],
        classes: { 'service:google#own': 'own', 'service:google#forwarded': 'forwarder' },
      },
      {
        about: "a recipient's filter that broke a known selector",
        rows: [
          ownWorkspace,
          { source: 'service:test-filter', messages: 3, dkim: ['fail example.org google'] },
        ],
        classes: { 'service:google#own': 'own', 'service:test-filter#forwarded': 'forwarder' },
      },
      {
        about: 'such a filter that is known by its own network alone',
        rows: [
          ownWorkspace,
          { source: 'as:64999 Filter', messages: 3, dkim: ['fail example.org google'] },
        ],
        classes: { 'service:google#own': 'own', 'as:64999#forwarded': 'forwarder' },
      },
      {
        about: 'what a receiver calls a list, a forward, a trusted forwarder, or an ARC chain',
        rows: ['mailing_list', 'forwarded', 'trusted_forwarder', 'local_policy arc=pass'].map(
          (reason, index) => ({ source: `as:${64_520 + index}`, messages: 1, reasons: [reason] }),
        ),
        classes: {
          'as:64520#forwarded': 'forwarder',
          'as:64521#forwarded': 'forwarder',
          'as:64522#forwarded': 'forwarder',
          'as:64523#forwarded': 'forwarder',
        },
      },
      {
        about: 'a return path that is known for forwarding',
        rows: [{ source: 'as:64530', messages: 1, spf: ['pass a.srs.example'] }],
        classes: { 'as:64530#forwarded': 'forwarder' },
      },
      {
        about: 'a default signature for the customer away from the service',
        rows: [
          {
            source: 'as:64531',
            messages: 1,
            dkim: ['pass example-org.20230601.gappssmtp.com 20230601'],
          },
        ],
        classes: { 'as:64531#forwarded': 'forwarder' },
      },
      {
        about: 'not where an override has nothing to do with the way the mail took',
        rows: [{ source: 'as:64532', messages: 1, reasons: ['local_policy', 'sampled_out'] }],
        classes: { 'as:64532#none': 'unknown' },
      },
      {
        about:
          'not where a selector never passed anywhere: anyone can write a signature that fails',
        rows: [
          ownWorkspace,
          { source: 'as:64533', on: [-3], messages: 1, dkim: ['fail example.org invented'] },
        ],
        classes: { 'service:google#own': 'own', 'as:64533#none': 'unauthorised' },
      },
      {
        about: 'not where nothing was signed: "none" is how reporters say so',
        rows: [
          ownWorkspace,
          { source: 'as:64534', on: [-3], messages: 1, dkim: ['none example.org google'] },
        ],
        classes: { 'service:google#own': 'own', 'as:64534#none': 'unauthorised' },
      },
    ]),
  )('%s', check);
});

describe('mail without a tie', () => {
  test('from ten or more unrelated networks is unauthorised', () => {
    const classes = classesOf([ownWorkspace, ...botnet(10, { days: [-29, 0] })]);
    expect(Object.values(classes).filter((is) => is === 'unauthorised')).toHaveLength(10);
    expect(classes['as:64600#none~scattered']).toBe('unauthorised');
  });

  test('from nine networks, day after day, is asked about', () => {
    const classes = classesOf([ownWorkspace, ...botnet(9, { days: [-29, 0] })]);
    expect(Object.values(classes).filter((is) => is === 'unknown')).toHaveLength(9);
  });

  test('blocks of one larger block are no strangers to each other', () => {
    const rows = Array.from({ length: 12 }, (_, index) => ({
      source: `net:198.51.${index}.0/24`,
      messages: 1,
    }));
    expect(new Set(Object.values(classesOf(rows)))).toEqual(new Set(['unknown']));
  });

  test.each(
    cases([
      {
        about: 'on fewer than 8 days of the window is unauthorised',
        rows: [
          ownWorkspace,
          { source: 'as:64540', on: [-20, -19, -18, -15, -9, -8, -2], messages: 30 },
        ],
        classes: { 'service:google#own': 'own', 'as:64540#none': 'unauthorised' },
      },
      {
        about: 'on 8 days is asked about',
        rows: [
          ownWorkspace,
          { source: 'as:64540', on: [-20, -19, -18, -15, -9, -8, -2, -1], messages: 30 },
        ],
        classes: { 'service:google#own': 'own', 'as:64540#none': 'unknown' },
      },
      {
        about: 'once a week, always, is asked about',
        rows: [ownWorkspace, { source: 'as:64540', weekdays: [3], messages: 30 }],
        classes: { 'service:google#own': 'own', 'as:64540#none': 'unknown' },
      },
      {
        about: 'in the first week of reports is steady with half of the days',
        rows: [
          { ...ownWorkspace, days: [-5, 0] },
          { source: 'as:64540', on: [-4, -2, 0], messages: 30 },
          { source: 'as:64541', on: [-4, -2], messages: 30, spf: ['fail example.org'] },
        ],
        classes: {
          'service:google#own': 'own',
          'as:64540#none': 'unknown',
          'as:64541#none': 'unauthorised',
        },
      },
      {
        about: 'of a sister firm on the same service is asked about',
        rows: [
          ownWorkspace,
          {
            source: 'service:google',
            weekdays: [1, 2, 3, 4, 5],
            messages: 4,
            dkim: ['pass sister.example google'],
            spf: ['pass sister.example'],
          },
        ],
        classes: { 'service:google#own': 'own', 'service:google#as:sister.example': 'unknown' },
      },
      {
        about: 'of another customer of a service in use, on a few days, is unauthorised',
        rows: [
          ownWorkspace,
          {
            source: 'service:google',
            on: [-4, -3],
            messages: 40,
            dkim: ['pass bulk-offers-net.20230601.gappssmtp.com 20230601'],
            spf: ['pass bulk-offers.net'],
          },
        ],
        classes: {
          'service:google#own': 'own',
          'service:google#as:bulk-offers.net': 'unauthorised',
        },
      },
      {
        about:
          'of a newsletter service that signs as itself is asked about, however seldom it comes',
        rows: [
          ownWorkspace,
          {
            source: 'service:mailchimp',
            on: [-12],
            messages: 900,
            dkim: ['pass mcsv.net k2'],
            spf: ['pass mail27.suw15.mcsv.net'],
          },
        ],
        classes: { 'service:google#own': 'own', 'service:mailchimp#none': 'unknown' },
      },
      {
        about: 'of an undated or over-long report tells no active day',
        rows: [ownWorkspace, { source: 'as:64540', messages: 30, timed: false }],
        classes: { 'service:google#own': 'own', 'as:64540#none': 'unauthorised' },
      },
    ]),
  )('%s', check);

  test('a copied signature is no forwarder: many networks, much mail, never a whole signature', () => {
    const copies = botnet(20, { messages: 9, dkim: ['fail example.org google'] });
    const classes = classesOf([ownWorkspace, ...copies]);
    expect(classes['as:64600#none~scattered']).toBe('unauthorised');
    expect(Object.values(classes)).not.toContain('forwarder');
  });

  describe('an ERP whose mail looks like a botnet', () => {
    const erp: MailRow = {
      source: 'as:64550 Rented machines',
      weekdays: [1, 2, 3, 4, 5],
      messages: 30,
      spf: ['softfail example.org'],
    };
    const rows = [ownWorkspace, erp, ...botnet(30, { messages: 3 })];

    test('is asked about where its network stands out of the shape', () => {
      const classes = classesOf(rows);
      expect(classes['as:64550#none']).toBe('unknown');
      expect(classes['as:64600#none~scattered']).toBe('unauthorised');
    });

    test('is asked about where one address stands out, and not a network of many small ones', () => {
      const mail = mailOf({ rows });
      const bots = mail.streams.slice(2).map(({ id }) => id);
      const address = (streamId: number, last: number, messages: number, activeDays: number) => ({
        ...{ streamId, addressId: 1_000 * streamId + last, messages, activeDays },
      });
      const small = bots.flatMap((id) => [1, 2, 3].map((last) => address(id, last, 3, 3)));
      const one = classifyMail(mail, { addresses: [...small, address(2, 1, 660, 22)] });
      expect(sourceOf(one, 'as:64550#none').class).toBe('unknown');
      const crowd = Array.from({ length: 200 }, (_, last) => address(2, last, 3, 2));
      const many = classifyMail(mail, { addresses: [...small, ...crowd] });
      expect(sourceOf(many, 'as:64550#none~scattered').class).toBe('unauthorised');
    });
  });

  test('is own where its addresses send tied mail too, in a network of many customers', () => {
    const mail = mailOf({
      rows: [
        { source: 'as:63949 Linode', messages: 6, spf: ['pass example.org'] },
        { source: 'as:63949 Linode', messages: 4, spf: ['none web1.hosting.example'] },
        { source: 'as:63949 Linode', messages: 1, dkim: ['pass bulk.example s1'] },
      ],
    });
    const first = classifyMail(mail);
    expect(sourceOf(first, 'as:63949#none').class).toBe('unknown');
    const window = { from: mail.at - 29, to: mail.at };
    const prepared = prepareClasses(mail, { words: NO_WORDS, dns: null, window });
    expect(prepared.addressesWanted()).toEqual({ open: [2, 3], tied: [1] });
    const address = (streamId: number, addressId: number) => ({
      ...{ streamId, addressId, messages: 100, activeDays: 30 },
    });
    const second = classifyMail(mail, {
      addresses: [address(2, 1), address(3, 9)],
      tiedAddresses: [1],
    });
    expect(sourceOf(second, 'as:63949#own').streams).toEqual([0, 1]);
    expect(sourceOf(second, 'as:63949#as:bulk.example').class).toBe('unknown');
  });
});

describe('the user stands over the rules', () => {
  const newsletter: MailRow = {
    source: 'service:mailchimp',
    weekdays: [3],
    messages: 900,
    dkim: ['pass mcsv.net k2'],
    spf: ['pass mail27.suw15.mcsv.net'],
  };

  test('on one source, with name and day, and the rules stay readable below', () => {
    const classified = classifyMail(mailOf({ rows: [ownWorkspace, newsletter] }), {
      words: wordsOn({ 'service:mailchimp#none': 'own' }),
    });
    const source = sourceOf(classified, 'service:mailchimp#none');
    expect(source).toMatchObject({ class: 'own', word: { by: 'Anna', day: 20_600 } });
    expect(source.evidence.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['user-word', 'service-as-itself']),
    );
    expect(source.evidence[0]?.text).toBe('Anna said on 2026-05-27: this is ours.');
    expect(classified.questions).toEqual([]);
  });

  test('on all mail of a network; what is said of one source stands before it', () => {
    const rows = [
      newsletter,
      { ...newsletter, dkim: ['pass other.example k1'], spf: ['pass other.example'] },
    ];
    const words = wordsOn({
      'service:mailchimp': 'own',
      'service:mailchimp#as:other.example': 'unauthorised',
    });
    expect(classesOf(rows, { words })).toEqual({
      'service:mailchimp#none': 'own',
      'service:mailchimp#as:other.example': 'unauthorised',
    });
  });

  test('the newest of several words counts', () => {
    const older = wordsOn({ 'service:mailchimp#none': 'own' }, 20_000).classes;
    const newer = wordsOn({ 'service:mailchimp#none': 'forwarder' }, 20_100).classes;
    const words = { ...wordsOn({}), classes: [...newer, ...older] };
    expect(classesOf([newsletter], { words })['service:mailchimp#none']).toBe('forwarder');
  });

  test.each<[about: string, id: string, then: MailRow[], laterId: string]>([
    [
      'when its shape has become one of many networks',
      'as:64600#none',
      [ownWorkspace, ...botnet(12)],
      'as:64600#none~scattered',
    ],
    [
      'when what travelled has come to be at home',
      'as:64500#forwarded',
      [
        ownWorkspace,
        {
          source: 'as:64500',
          messages: 90,
          dkim: ['pass example.org google'],
          spf: ['softfail example.org'],
        },
      ],
      'as:64500#own',
    ],
  ])('keeps holding for the same mail %s', (_, id, rows, laterId) => {
    expect(classesOf(rows, { words: wordsOn({ [id]: 'unknown' }) })[laterId]).toBe('unknown');
  });

  test('on a machine in a network says nothing of the botnet in the same network', () => {
    const rows = [
      ownWorkspace,
      { source: 'as:64600 Network 0', messages: 9, spf: ['none erp.example'] },
      ...botnet(12),
    ];
    const classes = classesOf(rows, { words: wordsOn({ 'as:64600#none': 'own' }) });
    expect(classes).toMatchObject({
      'as:64600#none': 'own',
      'as:64600#none~scattered': 'unauthorised',
    });
  });
});

describe('a tenant of Microsoft', () => {
  const signed: MailRow = {
    source: 'service:microsoft-365',
    on: [-3],
    messages: 5,
    dkim: ['pass contoso.onmicrosoft.com selector1-contoso-onmicrosoft-com'],
    spf: ['softfail example.org'],
  };

  test('whose name is not known is asked about, and never called another customer', () => {
    expect(classesOf([ownWorkspace, signed])).toMatchObject({
      'service:microsoft-365#as:contoso.onmicrosoft.com': 'unknown',
    });
  });

  test('that the user or DNS told ties the mail', () => {
    const words = { ...wordsOn({}), microsoftTenants: ['Contoso.onmicrosoft.com'] };
    expect(classesOf([ownWorkspace, signed], { words })).toMatchObject({
      'service:microsoft-365#own': 'own',
    });
  });

  test('that is another one makes it another customer', () => {
    const words = { ...wordsOn({}), microsoftTenants: ['fabrikam'] };
    expect(classesOf([ownWorkspace, signed], { words })).toMatchObject({
      'service:microsoft-365#as:contoso.onmicrosoft.com': 'unauthorised',
    });
  });
});

describe('what is told of a source', () => {
  test('its evidence has numbers, what decided first', () => {
    const { sources } = classifyMail(
      mailOf({
        rows: [
          ownWorkspace,
          {
            source: 'as:64510 Alumni',
            messages: 4,
            dkim: ['pass example.org google'],
            spf: ['softfail example.org'],
          },
        ],
      }),
    );
    expect(sources.map(({ name, evidence }) => [name, evidence])).toEqual([
      [
        'Google Workspace and Gmail, as you',
        [
          {
            rule: 'own-signature',
            text: 'Your own signature (selector google) passed on 3000 messages.',
            messages: 3000,
          },
          {
            rule: 'own-return-path',
            text: 'SPF passed for a return path of example.org on 3000 messages.',
            messages: 3000,
          },
        ],
      ],
      [
        'Alumni (AS64510), passing your mail on',
        [
          {
            rule: 'selector-travels',
            text: 'Your signature (selector google) is made elsewhere, and came through here on 120 messages.',
            messages: 120,
          },
        ],
      ],
    ]);
  });

  test('questions come in the order of what their answers would change', () => {
    const { questions } = classifyMail(
      mailOf({
        rows: [
          ownWorkspace,
          { source: 'as:64541 Passing', messages: 8, spf: ['pass partner.example'] },
          { source: 'as:64540 Small', messages: 3, spf: ['fail example.org'] },
          { source: 'spf:_spf.x.example Include', messages: 15, spf: ['pass example.org'] },
        ],
      }),
    );
    expect(questions.map(({ sourceId, messages }) => [sourceId, messages])).toEqual([
      ['as:64541#as:partner.example', 240],
      ['spf:_spf.x.example#own', 450],
      ['as:64540#none', 90],
    ]);
    expect(questions[2]?.text).toBe(
      'Small (AS64540), nobody: is this yours? It sent 90 messages in your name on 30 of 30 days, which fail DMARC.',
    );
  });
});
