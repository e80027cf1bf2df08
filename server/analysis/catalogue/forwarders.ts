import type { Service } from '../service.ts';
import { AS_REGISTRATIONS } from './as-registrations.ts';

/** Forwarding by a host, and mailing lists: nothing has to be aligned at them. */
export const forwarders: readonly Service[] = [
  {
    id: 'cloudflare-email-routing',
    name: 'Cloudflare Email Routing',
    kind: 'forwarder',
    documents: [
      {
        source: 'https://developers.cloudflare.com/email-routing/postmaster/',
        dated: null,
        signingDomains: ['email.cloudflare.net'],
        returnPathSuffixes: ['email.cloudflare.net'],
        ptrSuffixes: ['email.cloudflare.net'],
        spfIncludes: ['_spf.mx.cloudflare.net'],
      },
      { ...AS_REGISTRATIONS, asns: [13335] },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
  {
    id: 'google-groups',
    name: 'Google Groups',
    kind: 'mailing-list',
    documents: [
      {
        source:
          'https://portal.smartertools.com/community/a97318/google-and-sender-authentication.aspx',
        dated: null,
        signingDomains: ['googlegroups.com'],
      },
      { ...AS_REGISTRATIONS, asns: [15169] },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
  {
    id: 'zoneedit-forwarding',
    name: 'ZoneEdit mail forwarding',
    kind: 'forwarder',
    documents: [
      {
        source: 'https://blog.zoneedit.com/2016/12',
        dated: '2016-12',
        returnPathSuffixes: ['srszone.org'],
      },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
];
