import type { Service } from '../service.ts';

/** Services that deliver what programs send. */
export const smtpServices: readonly Service[] = [
  {
    id: 'elastic-email',
    name: 'Elastic Email',
    kind: 'transactional',
    documents: [
      {
        source:
          'https://academy.creatio.com/docs/8.x/setup-and-administration/8.0/administration/email-domain-verification/domain-verification-for-the-elastic-email-provider',
        dated: null,
        signingDomains: ['elasticemail.com'],
        returnPathSuffixes: ['elasticemail.com'],
      },
      {
        source: 'https://elasticemail.com/support/guides/your-domain/',
        dated: null,
        spfIncludes: ['_spf.elasticemail.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Verify your domain in the account and publish its DKIM record at api._domainkey.',
    alignSpf: 'Add include:_spf.elasticemail.com to the SPF record of your domain.',
  },
  {
    id: 'lettermint',
    name: 'Lettermint',
    kind: 'transactional',
    documents: [
      {
        source: 'https://docs.lettermint.co/platform/domains/spf',
        dated: null,
        returnPathSuffixes: ['lm-bounces.lmta.net'],
        spfIncludes: ['spf.lmta.net'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Add your domain in the dashboard and publish its DKIM records.',
    alignSpf: 'Publish the return-path CNAME record shown in the dashboard.',
  },
  {
    id: 'lettr',
    name: 'Lettr',
    kind: 'transactional',
    documents: [
      {
        source: 'https://docs.lettr.com/knowledge-base/fundamentals/custom-return-path',
        dated: null,
        returnPathSuffixes: ['bounce.lettr.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Verify your sending domain in the dashboard and publish its DKIM record.',
    alignSpf: 'Add a custom return path: a subdomain of yours that points to the service.',
  },
  {
    id: 'mailchannels',
    name: 'MailChannels',
    kind: 'transactional',
    documents: [
      {
        source: 'https://docs.mailchannels.com/email-api/spf-dkim-dmarc',
        dated: null,
        spfIncludes: ['relay.mailchannels.net'],
      },
    ],
    tenancyPattern: null,
    alignDkim:
      'Let your mail server or web host sign as your domain before it hands the mail to MailChannels.',
    alignSpf: 'Add include:relay.mailchannels.net to the SPF record of your domain.',
  },
];
