import type { Service } from '../service.ts';

/** Customer relations, fundraising, events and recruiting. */
export const crm: readonly Service[] = [
  {
    id: '4agoodcause',
    name: '4aGoodCause',
    kind: 'crm',
    documents: [
      {
        source: 'https://help.4agoodcause.com/help/how-to-authenticate-your-email-domain',
        dated: null,
        signingDomains: ['4agoodcause.com'],
        returnPathSuffixes: ['4agoodcause.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Ask their support for the authentication records of your domain and publish them.',
    alignSpf: null,
  },
  {
    id: 'act-on',
    name: 'Act-On',
    kind: 'crm',
    documents: [
      {
        source: 'https://connect.act-on.com/hc/en-us/articles/360025707374-Email-From-Setup',
        dated: null,
        spfIncludes: ['_spf.act-on.net'],
      },
    ],
    tenancyPattern: null,
    alignDkim:
      'Publish the CNAME record of your account ID at _domainkey, pointing to dkim.act-on.com, and ask Act-On support to switch signing on.',
    alignSpf: 'Set up an envelope domain of your own and publish the records for it.',
  },
  {
    id: 'arcoro',
    name: 'Arcoro',
    kind: 'crm',
    documents: [
      {
        source:
          'https://support.arcoro.com/hc/en-us/articles/23787366517403-Setting-Up-SPF-for-the-Applicant-Tracking-System',
        dated: null,
        spfIncludes: ['spf.arcoro.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: 'Add include:spf.arcoro.com to the SPF record of your domain.',
  },
  {
    id: 'benchmarkone',
    name: 'BenchmarkONE',
    kind: 'crm',
    documents: [
      {
        source: 'https://help.benchmarkone.com/en/articles/2382963-email-authentication',
        dated: null,
        spfIncludes: ['bmesend.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Publish the CNAME record f1._domainkey for your domain, as shown in its guide.',
    alignSpf: 'Add include:bmesend.com to the SPF record of your domain.',
  },
  {
    id: 'certain',
    name: 'Certain',
    kind: 'crm',
    documents: [
      {
        source: 'https://rozz.certain.com/pages/general-faq-about-spam-filtering.html',
        dated: null,
        returnPathSuffixes: ['mail.certain.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim:
      'Ask Certain support for the three DNS records of your From domain and publish them.',
    alignSpf: null,
  },
  {
    id: 'customer-io',
    name: 'Customer.io',
    kind: 'crm',
    documents: [
      {
        source: 'https://on.bo/esp/customer-io',
        dated: null,
        returnPathSuffixes: ['bounce.customeriomail.com'],
        spfIncludes: ['mail.customeriomail.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Add your sending domain in the workspace and publish the records shown.',
    alignSpf:
      'Comes with the sending domain: its records make the return path a name below your domain.',
  },
  {
    id: 'dynamics-365-journeys',
    name: 'Dynamics 365 Customer Insights',
    kind: 'crm',
    documents: [
      {
        source:
          'https://learn.microsoft.com/en-us/dynamics365/customer-insights/journeys/domain-authentication',
        dated: null,
        signingDomains: ['dyn365mktg.com'],
        returnPathSuffixes: ['dyn365mktg.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim:
      'Authenticate your sending domain in the settings and publish its DKIM CNAME records.',
    alignSpf: 'Publish the envelope-from CNAME record shown for your sending domain.',
  },
  {
    id: 'heroes-recruiting',
    name: 'heroes recruiting portal',
    kind: 'crm',
    documents: [
      {
        source:
          'https://heroes-eu.atlassian.net/wiki/pages/viewpage.action?navigatingVersions=true&pageId=1377763678',
        dated: null,
        spfIncludes: ['_spf.recruiting-portal.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: 'Add include:_spf.recruiting-portal.com to the SPF record of your domain.',
  },
  {
    id: 'leaddesk',
    name: 'LeadDesk',
    kind: 'crm',
    documents: [
      {
        source: 'https://support.leaddesk.com/hc/en-us/articles/22159224976156',
        dated: null,
        spfIncludes: ['_spf.leaddesk.com', '_spf5.leaddesk.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: 'Add include:_spf.leaddesk.com to the SPF record of your domain.',
  },
];
