import type { Service } from '../service.ts';

export const marketingAutomation: readonly Service[] = [
  {
    id: 'hubspot',
    name: 'HubSpot',
    kind: 'crm',
    documents: [
      {
        source: 'https://dmarc.wiki/hubspot',
        dated: '2024-10',
        returnPathSuffixes: ['hubspotemail.net'],
      },
    ],
    tenancyPattern: null,
    alignDkim:
      'Add the two CNAME records that the account shows under Settings, Content, Domains and URLs.',
    alignSpf: 'Aligned only with a dedicated IP address.',
  },
  {
    id: 'marketo',
    name: 'Adobe Marketo Engage',
    kind: 'crm',
    documents: [
      {
        source:
          'https://www.suped.com/knowledge/email-deliverability/technical/how-do-i-validate-my-spf-setup-in-marketo',
        dated: null,
        returnPathSuffixes: ['mktomail.com'],
        spfIncludes: ['mktomail.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Under Admin, Email, SPF/DKIM: add your domain and publish the key shown.',
    alignSpf: 'Aligned only with a branded envelope sender domain.',
  },
  {
    id: 'salesforce-marketing',
    name: 'Salesforce Marketing Cloud',
    kind: 'crm',
    documents: [
      {
        source: 'https://help.salesforce.com/s/articleView?id=000381338&type=1',
        dated: '2025-03',
        returnPathSuffixes: ['exacttarget.com', 'mc.pd25.com'],
      },
      {
        source: 'https://mxtoolbox.com/t/outbound-email-provider/?name=exacttarget',
        dated: null,
        spfIncludes: ['cust-spf.exacttarget.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Set up DKIM for your sending domain under Domain Management.',
    alignSpf: 'Ask Salesforce support for a custom return path.',
  },
  {
    id: 'salesforce',
    name: 'Salesforce',
    kind: 'crm',
    documents: [
      {
        source: 'https://help.salesforce.com/s/articleView?id=000381292&type=1',
        dated: null,
        returnPathSuffixes: ['bnc.salesforce.com'],
        spfIncludes: ['_spf.salesforce.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Create a DKIM key for your domain in Setup and publish its CNAME records.',
    alignSpf:
      'Switch off bounce management and email security compliance under Deliverability, and add include:_spf.salesforce.com.',
  },
  {
    id: 'netsuite-suiteprojects',
    name: 'NetSuite SuiteProjects Pro',
    kind: 'crm',
    documents: [
      {
        source:
          'https://docs.oracle.com/en/cloud/saas/netsuite-suiteprojects-pro/online-help/article_31091702072.html',
        dated: null,
        returnPathSuffixes: ['openair.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: 'Set a custom return path under Administration, Email Settings.',
  },
];
