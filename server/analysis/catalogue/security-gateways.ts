import type { Service } from '../service.ts';
import { AS_REGISTRATIONS } from './as-registrations.ts';

/** Filters before and after a mail server: mail of their customers leaves through them, and mail to their customers passes them. */
export const securityGateways: readonly Service[] = [
  {
    id: 'appriver',
    name: 'AppRiver',
    kind: 'security-gateway',
    documents: [{ ...AS_REGISTRATIONS, asns: [53780] }],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
  {
    id: 'barracuda',
    name: 'Barracuda Email Gateway Defense',
    kind: 'security-gateway',
    documents: [{ ...AS_REGISTRATIONS, asns: [15324] }],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
  {
    id: 'cisco-secure-email',
    name: 'Cisco Secure Email (IronPort)',
    kind: 'security-gateway',
    documents: [{ ...AS_REGISTRATIONS, asns: [16417, 30215, 30238, 40427] }],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
  {
    id: 'forcepoint',
    name: 'Forcepoint Email Security',
    kind: 'security-gateway',
    documents: [{ ...AS_REGISTRATIONS, asns: [7598, 13448, 42465, 43251, 44444] }],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
  {
    id: 'hornetsecurity',
    name: 'Hornetsecurity',
    kind: 'security-gateway',
    documents: [
      {
        source:
          'https://help.cumulussmtp.com/article/280-hornetsecurity-correct-spf-authentication',
        dated: null,
        spfIncludes: ['spf.hornetsecurity.com'],
      },
      { ...AS_REGISTRATIONS, asns: [401943] },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: 'Add include:spf.hornetsecurity.com to the SPF record of your domain.',
  },
  {
    id: 'mimecast',
    name: 'Mimecast',
    kind: 'security-gateway',
    documents: [
      {
        source: 'https://mimecastsupport.zendesk.com/hc/en-us/articles/34000792642963',
        dated: null,
        spfIncludes: ['_netblocks.mimecast.com'],
      },
      {
        ...AS_REGISTRATIONS,
        asns: [30031, 33538, 37235, 39588, 42427, 60492, 136792, 208638, 397726],
      },
    ],
    tenancyPattern: null,
    alignDkim:
      'In the administration console under Gateway, Policies, DNS Authentication: create a signing definition for your domain and publish its key.',
    alignSpf:
      'Add the include of your region, as in include:eu._netblocks.mimecast.com, to the SPF record of your domain.',
  },
  {
    id: 'n-able-mail-assure',
    name: 'N-able Mail Assure',
    kind: 'security-gateway',
    documents: [{ ...AS_REGISTRATIONS, asns: [43054] }],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
  {
    id: 'proofpoint',
    name: 'Proofpoint',
    kind: 'security-gateway',
    documents: [{ ...AS_REGISTRATIONS, asns: [13916, 22843, 26211, 52129] }],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
  {
    id: 'proofpoint-essentials',
    name: 'Proofpoint Essentials',
    kind: 'security-gateway',
    documents: [
      {
        source: 'https://sendmarc.com/es/spf/spf-proofpoint-essentials/?wg-choose-original=false',
        dated: null,
        spfIncludes: ['_spf-us.ppe-hosted.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf:
      'Add the include of your region, as in include:_spf-us.ppe-hosted.com, to the SPF record of your domain.',
  },
  {
    id: 'retarus',
    name: 'Retarus',
    kind: 'security-gateway',
    documents: [{ ...AS_REGISTRATIONS, asns: [48328] }],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
  {
    id: 'sophos-email',
    name: 'Sophos Email',
    kind: 'security-gateway',
    documents: [
      {
        source:
          'https://docs.sophos.com/central/customer/help/de-de/ManageYourProducts/EmailSecurity/SophosGateway/ExternalServices/OutboundM365/updatingspf/index.html',
        dated: null,
        spfIncludes: ['prod.hydra.sophos.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf:
      'Add include:_spf.prod.hydra.sophos.com, or the one of your region, to the SPF record of your domain.',
  },
  {
    id: 'symantec-email-security',
    name: 'Symantec Email Security.cloud',
    kind: 'security-gateway',
    documents: [
      {
        source:
          'https://knowledge.broadcom.com/external/article/161394/implement-spf-records-for-email-security.html',
        dated: null,
        spfIncludes: ['spf.messagelabs.com'],
      },
      { ...AS_REGISTRATIONS, asns: [7583] },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: 'Add include:spf.messagelabs.com to the SPF record of your domain.',
  },
  {
    id: 'trend-micro-email',
    name: 'Trend Micro Hosted Email Security',
    kind: 'security-gateway',
    documents: [
      {
        source:
          'https://docs.trendmicro.com/en-us/enterprise/hosted-email-security-administrator-guide/about-domain-managem/configuring-a-domain/adding-spf-records.aspx',
        dated: null,
        spfIncludes: ['spf.hes.trendmicro.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: 'Add include:spf.hes.trendmicro.com to the SPF record of your domain.',
  },
  {
    id: 'zix',
    name: 'Zix',
    kind: 'security-gateway',
    documents: [{ ...AS_REGISTRATIONS, asns: [13380] }],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
];
