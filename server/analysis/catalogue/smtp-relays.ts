import type { Service } from '../service.ts';
import { AS_REGISTRATIONS } from './as-registrations.ts';

export const smtpRelays: readonly Service[] = [
  {
    id: 'mailpace',
    name: 'MailPace',
    kind: 'transactional',
    documents: [
      {
        source: 'https://blog.mailpace.com/blog/whats-an-spf-record/',
        dated: null,
        returnPathSuffixes: ['mailer.mailpace.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Verify your domain in the account and publish its DKIM record.',
    alignSpf: 'Follow the advanced verification of your domain and publish its CNAME record.',
  },
  {
    id: 'socketlabs',
    name: 'SocketLabs',
    kind: 'transactional',
    documents: [
      {
        source:
          'https://support.socketlabs.com/index.php?/Knowledgebase/Article/View/143/2/feature-overview-custom-bounce-domains',
        dated: null,
        returnPathSuffixes: ['email-od.com'],
      },
      {
        source: 'https://github.com/mozilla/fx-private-relay/issues/291',
        dated: '2020-05',
        signingDomains: ['email-od.com'],
      },
      { ...AS_REGISTRATIONS, asns: [53658] },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: 'Add a custom bounce domain: a CNAME record to tracking.socketlabs.com.',
  },
  {
    id: 'turbosmtp',
    name: 'turboSMTP',
    kind: 'transactional',
    documents: [
      {
        source: 'https://serversmtp.com/ru/knowledgebase/343/29------------.html',
        dated: null,
        returnPathSuffixes: ['turbo-smtp.com'],
        signingDomains: ['turbo-smtp.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Verify your sender domain and send without modification.',
    alignSpf: 'Verify your sender domain and send without modification.',
  },
  {
    id: 'oracle-email-delivery',
    name: 'Oracle Cloud Email Delivery',
    kind: 'transactional',
    documents: [
      {
        source: 'https://docs.oracle.com/iaas/Content/Email/Tasks/configuredkim.htm',
        dated: null,
        signingDomains: ['rp.oracleemaildelivery.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Create a DKIM key for your email domain and publish its CNAME record.',
    alignSpf: null,
  },
];
