import type { Service } from '../service.ts';
import { AS_REGISTRATIONS } from './as-registrations.ts';

export const applications: readonly Service[] = [
  {
    id: 'zendesk',
    name: 'Zendesk',
    kind: 'helpdesk',
    documents: [
      {
        source:
          'https://support.zendesk.com/hc/en-us/articles/6665707939482-Google-and-Yahoo-s-updated-sending-requirements-What-you-need-to-know',
        dated: null,
        signingDomains: ['zendesk.com'],
        returnPathSuffixes: ['zendesk.com'],
      },
      {
        source:
          'https://support.zendesk.com/hc/en-us/articles/4867238761626-What-are-SPF-DNS-and-TXT-records',
        dated: null,
        spfIncludes: ['mail.zendesk.com'],
      },
      { ...AS_REGISTRATIONS, asns: [21880] },
    ],
    tenancyPattern: null,
    alignDkim: 'Publish the two CNAME records for DKIM, then enable it under Channels, Email.',
    alignSpf: 'Add include:mail.zendesk.com to the SPF record of your domain.',
  },
  {
    id: 'intercom',
    name: 'Intercom',
    kind: 'helpdesk',
    documents: [
      {
        source: 'https://intercom.com/help/en/articles/9744849-connect-your-email-support-channel',
        dated: null,
        signingDomains: ['intercom-mail.com'],
        returnPathSuffixes: ['intercom-mail.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Authenticate your domain under Settings, Channels, Email, Domains and addresses.',
    alignSpf: 'Add the custom return path CNAME record shown with the DKIM record.',
  },
  {
    id: 'jira',
    name: 'Jira Cloud',
    kind: 'collaboration',
    documents: [
      {
        source:
          'https://community.atlassian.com/t5/Jira-articles/DMARC-might-be-blocking-your-email-notifications-from-Jira/ba-p/1441768',
        dated: null,
        returnPathSuffixes: ['atlassian.net'],
      },
    ],
    tenancyPattern: null,
    alignDkim:
      'Add your email domain under Organization settings, Emails, and publish its records.',
    alignSpf: 'Add your email domain under Organization settings, Emails, and publish its records.',
  },
  {
    id: 'shopify',
    name: 'Shopify',
    kind: 'commerce',
    documents: [
      {
        source: 'https://help.shopify.com/en/manual/intro-to-shopify/initial-setup/email-rewrites',
        dated: null,
        signingDomains: ['shopifyemail.com'],
        returnPathSuffixes: ['shopifyemail.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Authenticate your sender domain and publish the CNAME records shown.',
    alignSpf: 'Authenticate your sender domain and publish the CNAME records shown.',
  },
  {
    id: 'qualtrics',
    name: 'Qualtrics',
    kind: 'forms-and-surveys',
    documents: [
      {
        source:
          'https://www.qualtrics.com/support/survey-platform/distributions-module/email-distribution/emails/using-a-custom-from-address/',
        dated: null,
        returnPathSuffixes: ['qemailserver.com', 'qualtrics-research.com', 'qualtrics-survey.com'],
      },
      {
        source:
          'https://www.qualtrics.com/blog/7-letters-that-can-save-your-survey-emails-from-spam/',
        dated: null,
        spfIncludes: ['_spf.qualtrics.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: 'Add include:_spf.qualtrics.com to the SPF record of your domain.',
  },
  {
    id: 'smartsurvey',
    name: 'SmartSurvey',
    kind: 'forms-and-surveys',
    documents: [
      {
        source: 'https://help.smartsurvey.co.uk/article/sending-emails-without-verifying-a-domain',
        dated: null,
        signingDomains: ['smartsurveyuser.com'],
        returnPathSuffixes: ['smartsurveydomain.com', 'smartsurveyuser.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Verify your domain in the account under Email Sender Settings.',
    alignSpf: null,
  },
];
