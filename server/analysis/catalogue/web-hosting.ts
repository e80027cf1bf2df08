import type { Service } from '../service.ts';

/** Hosts of web sites and of the mail that comes with them. */
export const webHosting: readonly Service[] = [
  {
    id: 'ionos',
    name: 'IONOS',
    kind: 'web-hosting',
    documents: [
      {
        source:
          'https://github.com/thunderbird/autoconfig/blob/73d2443d0a84689711fbcbb20eded7fc6d529cd2/ispdb/1und1.de.xml',
        dated: null,
        returnPathSuffixes: ['kundenserver.de', 'online.de', 'onlinehome.de', 'schlund.de'],
      },
    ],
    tenancyPattern: null,
    alignDkim:
      'Look for DKIM of your domain in the account; where there is none, send through a service that signs as your domain.',
    alignSpf: null,
  },
  {
    id: 'namecheap-private-email',
    name: 'Namecheap Private Email',
    kind: 'web-hosting',
    documents: [
      {
        source:
          'https://namecheap.com/support/knowledgebase/article.aspx/1262/2176/what-does-namecheap-private-email-dns-verification-imply',
        dated: null,
        spfIncludes: ['spf.privateemail.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim:
      'Generate the DKIM record in the account once a mailbox exists, and publish it at default._domainkey.',
    alignSpf: 'Add include:spf.privateemail.com to the SPF record of your domain.',
  },
  {
    id: 'one-com',
    name: 'one.com',
    kind: 'web-hosting',
    documents: [
      {
        source:
          'https://github.com/thunderbird/autoconfig/blob/b57df2b1f8bce05d8bc0bac660a2ea95fbc858eb/ispdb/one.com.xml',
        dated: null,
        returnPathSuffixes: ['one.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim:
      'Look for DKIM of your domain in the account; where there is none, send through a service that signs as your domain.',
    alignSpf: null,
  },
  {
    id: 'rackspace-email',
    name: 'Rackspace Email',
    kind: 'web-hosting',
    documents: [
      {
        source:
          'https://github.com/thunderbird/autoconfig/blob/8fcab30b1d8bb46dd909e7daaf036439851fbc62/ispdb/emailsrvr.com.xml',
        dated: null,
        returnPathSuffixes: ['emailsrvr.com'],
      },
      {
        source:
          'https://rediforbusiness.freshdesk.com/support/solutions/articles/11000123508-elastic-mail-dns-settings',
        dated: null,
        spfIncludes: ['emailsrvr.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: 'Add include:emailsrvr.com to the SPF record of your domain.',
  },
  {
    id: 'strato',
    name: 'Strato',
    kind: 'web-hosting',
    documents: [
      {
        source:
          'https://github.com/thunderbird/autoconfig/blob/78908efaf881c62343a5401f60d7f0f0a9ff1ed8/ispdb/strato.de.xml',
        dated: null,
        returnPathSuffixes: ['rzone.de', 'strato.de'],
      },
    ],
    tenancyPattern: null,
    alignDkim:
      'Look for DKIM of your domain in the account; where there is none, send through a service that signs as your domain.',
    alignSpf: null,
  },
  {
    id: 'wix',
    name: 'Wix',
    kind: 'web-hosting',
    documents: [
      {
        source: 'https://support.wix.com/pl/article/uwierzytelnianie-niestandardowej-domeny-e-mail',
        dated: null,
        signingDomains: ['ascendbywix.com'],
        returnPathSuffixes: ['ascendbywix.com'],
      },
      {
        source:
          'https://dev.wix.com/docs/rest/business-management/marketing/sender-emails/introduction',
        dated: null,
        signingDomains: ['wixemails.com', 'wixsiteautomations.com'],
        returnPathSuffixes: ['wixemails.com', 'wixsiteautomations.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim:
      'Under Email Marketing, Sender Details: choose Authenticate this domain and publish the CNAME records shown.',
    alignSpf: null,
  },
];
