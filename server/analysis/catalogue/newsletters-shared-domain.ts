import type { Service } from '../service.ts';
import { AS_REGISTRATIONS } from './as-registrations.ts';

/** Newsletter services that send under a domain of their own until the customer proves one. */
export const newslettersSharedDomain: readonly Service[] = [
  {
    id: 'beehiiv',
    name: 'beehiiv',
    kind: 'newsletter',
    documents: [
      {
        source: 'https://beehiivhelp.zendesk.com/hc/en-us/articles/35633518133783',
        dated: null,
        signingDomains: ['mail.beehiiv.com'],
        returnPathSuffixes: ['mail.beehiiv.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim:
      'Connect your own domain as the email domain of the publication and publish the records shown.',
    alignSpf: null,
  },
  {
    id: 'benchmark-email',
    name: 'Benchmark Email',
    kind: 'newsletter',
    documents: [
      {
        source: 'https://kb.benchmarkemail.com/en/set-email-domain-authentication/',
        dated: '2024-10',
        signingDomains: ['bmsend.com'],
        returnPathSuffixes: ['bmsend.com'],
      },
      {
        source: 'https://benchmarkemail.helpscoutdocs.com/article/103-domain-authenticaion',
        dated: null,
        signingDomains: ['benchmarksend.com'],
        returnPathSuffixes: ['benchmarksend.com'],
      },
    ],
    tenancyPattern: '^(\\d+)\\.clients\\.bmsend\\.com$',
    tenancyNames: 'tenant',
    alignDkim:
      'Authenticate your domain in the account and publish the records shown on its Domain Authentication page.',
    alignSpf: null,
  },
  {
    id: 'campaign-monitor',
    name: 'Campaign Monitor',
    kind: 'newsletter',
    documents: [
      {
        source: 'https://www.senderclarity.com/guides/campaign-monitor-spf-dkim-dmarc-setup',
        dated: null,
        returnPathSuffixes: ['cmail1.com', 'cmail2.com'],
        spfIncludes: ['_spf.createsend.com'],
      },
      { ...AS_REGISTRATIONS, asns: [55819] },
    ],
    tenancyPattern: null,
    alignDkim:
      'Under Account settings, Sending domains: add your domain and publish the DKIM record shown.',
    alignSpf: 'Not possible: the return path is always one of Campaign Monitor.',
  },
  {
    id: 'emma',
    name: 'Emma',
    kind: 'newsletter',
    documents: [
      {
        source: 'https://myemma.com/blog/deliverability-insights-email-authentication/',
        dated: null,
        returnPathSuffixes: ['e2ma.net'],
        spfIncludes: ['e2ma.net'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Set up DKIM for your sender domain in the account.',
    alignSpf: 'Not possible: the return path is always under e2ma.net.',
  },
  {
    id: 'getresponse',
    name: 'GetResponse',
    kind: 'newsletter',
    documents: [
      {
        source: 'https://help.thorit.de/get-response-',
        dated: null,
        signingDomains: ['getresponse-mail.com'],
      },
      { ...AS_REGISTRATIONS, asns: [46469, 198881, 207296] },
    ],
    tenancyPattern: null,
    alignDkim: 'Add a DKIM record for your own domain in the account.',
    alignSpf: null,
  },
  {
    id: 'mailerlite',
    name: 'MailerLite',
    kind: 'newsletter',
    documents: [
      {
        source: 'https://www.mailerlite.com/help/what-is-mlsend',
        dated: '2024-02',
        signingDomains: ['mlsend.com'],
        returnPathSuffixes: ['mlsend.com'],
      },
      {
        source:
          'https://help.ex2.com/en/article/how-to-authenticate-your-domain-with-mailerlite-bam40t',
        dated: null,
        spfIncludes: ['_spf.mlsend.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim:
      'Under Account settings, Domains: authenticate your domain and publish the DKIM record shown.',
    alignSpf: 'Set up domain alignment under Account settings, Domains.',
  },
  {
    id: 'unisender',
    name: 'Unisender and UniOne',
    kind: 'newsletter',
    documents: [
      {
        source:
          'https://academy.creatio.com/sites/default/files/documents/docs_en/product/bpm%27online%20marketing/marketing/7.8.0/BPMonlineHelp/section_email/section_email_getting_started_dkim_spf.htm',
        dated: null,
        signingDomains: ['usndr.com'],
        returnPathSuffixes: ['usndr.com'],
        spfIncludes: ['spf.unisender.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Ask the service for the DKIM record of your domain and publish it.',
    alignSpf: null,
  },
];
