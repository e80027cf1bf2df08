import type { Service } from '../service.ts';
import { AS_REGISTRATIONS } from './as-registrations.ts';

export const newsletters: readonly Service[] = [
  {
    id: 'mailchimp',
    name: 'Mailchimp',
    kind: 'newsletter',
    documents: [
      {
        source:
          'https://quickbooks.intuit.com/learn-support/en-us/help-article/personal-contact-information/email-name-shows-mailchimpapp-net-mcsv-net/L0gpQputF_US_en_US',
        dated: null,
        signingDomains: ['mailchimpapp.net', 'mcsv.net'],
        returnPathSuffixes: ['mailchimpapp.net', 'mcdlv.net', 'mcsv.net', 'rsgsv.net'],
      },
      { ...AS_REGISTRATIONS, asns: [14782] },
    ],
    tenancyPattern: null,
    alignDkim: 'Add the two CNAME records that your account shows under Domains.',
    alignSpf: null,
  },
  {
    id: 'brevo',
    name: 'Brevo',
    kind: 'newsletter',
    documents: [
      {
        source: 'https://dmarc.wiki/brevo',
        dated: '2024-10',
        returnPathSuffixes: ['sender-sib.com'],
      },
      {
        source: 'https://www.captaindns.com/en/blog/brevo-transactional-email-technical-guide',
        dated: '2026-01',
        signingDomains: ['brevosend.com'],
      },
      { ...AS_REGISTRATIONS, asns: [200484] },
    ],
    tenancyPattern: null,
    alignDkim: 'Authenticate your domain in the account under Senders, Domains.',
    alignSpf: 'Aligned only with a dedicated IP address.',
  },
  {
    id: 'constant-contact',
    name: 'Constant Contact',
    kind: 'newsletter',
    documents: [
      {
        source:
          'https://knowledgebase.constantcontact.com/lead-gen-crm/articles/KnowledgeBase/5865-Understanding-email-authentication',
        dated: null,
        returnPathSuffixes: ['in.constantcontact.com'],
      },
      {
        source:
          'https://knowledgebase.constantcontact.com/email-digital-marketing/articles/KnowledgeBase/51400-How-your-From-email-address-may-be-impacted-by-the-latest-email-authentication-requirements',
        dated: null,
        signingDomains: ['ccsend.com'],
      },
      { ...AS_REGISTRATIONS, asns: [40444] },
    ],
    tenancyPattern: null,
    alignDkim: 'Set up self-authentication for your domain in the account settings.',
    alignSpf: null,
  },
  {
    id: 'klaviyo',
    name: 'Klaviyo',
    kind: 'newsletter',
    documents: [
      {
        source: 'https://help.klaviyo.com/hc/en-us/articles/15268721014811',
        dated: '2024-10',
        signingDomains: ['klaviyomail.com'],
        returnPathSuffixes: ['klaviyomail.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Set up a branded sending domain in the account settings.',
    alignSpf: 'Set up a branded sending domain in the account settings.',
  },
  {
    id: 'activecampaign',
    name: 'ActiveCampaign',
    kind: 'newsletter',
    documents: [
      {
        source:
          'https://educonverse.zendesk.com/hc/en-us/articles/4405692195867-How-do-I-remove-the-Sent-on-behalf-of-header',
        dated: null,
        returnPathSuffixes: ['acems1.com'],
      },
      {
        source: 'https://www.senderclarity.com/guides/activecampaign-spf-dkim-dmarc-setup',
        dated: null,
        spfIncludes: ['emsd1.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Configure your sending domain in the account under Settings, Advanced.',
    alignSpf: 'Add the mailserver domain CNAME that the account shows for your sending domain.',
  },
  {
    id: 'zoho-marketing',
    name: 'Zoho Campaigns',
    kind: 'newsletter',
    documents: [
      {
        source:
          'https://help.zoho.com/portal/en/kb/marketing-automation/deliverability-guide/domain-authentication/articles/spf-dkim-alignment-failure',
        dated: null,
        returnPathSuffixes: ['zcsend.net'],
      },
      {
        source:
          'https://godmarc.freshdesk.com/support/solutions/articles/82000896445-how-to-setup-zoho-mail-spf-record-',
        dated: null,
        spfIncludes: ['zcsend.net'],
      },
      { ...AS_REGISTRATIONS, asns: [2639] },
    ],
    tenancyPattern: null,
    alignDkim: 'Authenticate your domain in the account settings and publish the DKIM key.',
    alignSpf: null,
  },
  {
    id: 'ghost',
    name: 'Ghost',
    kind: 'newsletter',
    documents: [
      {
        source: 'https://ghost.org/help/custom-sending-domains',
        dated: null,
        signingDomains: ['ghost.io'],
        returnPathSuffixes: ['ghost.io'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Set up a custom sending domain under Ghost(Pro), Domain.',
    alignSpf: 'Set up a custom sending domain under Ghost(Pro), Domain.',
  },
  {
    id: 'substack',
    name: 'Substack',
    kind: 'newsletter',
    documents: [
      {
        source: 'https://on.bo/esp/substack',
        dated: null,
        signingDomains: ['substack.com'],
        returnPathSuffixes: ['substack.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
];
