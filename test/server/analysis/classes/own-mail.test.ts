import { describe, test } from 'vitest';
import type { MailRow } from '../mail/story.ts';
import { cases, check } from './cases.ts';
import { ownWorkspace } from './context.ts';

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
