import type { Service } from '../service.ts';
import { AS_REGISTRATIONS } from './as-registrations.ts';

/** Help desks and surveys. */
export const helpAndSurveys: readonly Service[] = [
  {
    id: 'freshdesk',
    name: 'Freshdesk',
    kind: 'helpdesk',
    documents: [
      {
        source: 'https://mxio.io/providers/freshdesk',
        dated: '2026-02',
        spfIncludes: ['email.freshdesk.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim:
      'Under Admin, Channels, Email, Advanced Settings: configure DKIM and publish the four CNAME records.',
    alignSpf: 'Add include:email.freshdesk.com to the SPF record of your domain.',
  },
  {
    id: 'servicenow',
    name: 'ServiceNow',
    kind: 'helpdesk',
    documents: [
      {
        source: 'https://hi.service-now.com/kb_view.do?sysparm_article=KB0695182',
        dated: '2025-05',
        signingDomains: ['service-now.com'],
      },
      {
        source: 'https://hi.service-now.com/kb_view.do?sysparm_article=KB0535456',
        dated: '2025-05',
        spfIncludes: ['b.spf.service-now.com', 'c.spf.service-now.com', 'd.spf.service-now.com'],
      },
      { ...AS_REGISTRATIONS, asns: [16839, 397182] },
    ],
    tenancyPattern: null,
    alignDkim:
      'Set up DKIM for your own domain in the instance; without it only mail from service-now.com is signed.',
    alignSpf: 'Include the SPF records of the instance, as in include:b.spf.service-now.com.',
  },
  {
    id: 'surveymonkey',
    name: 'SurveyMonkey',
    kind: 'forms-and-surveys',
    documents: [
      {
        source: 'https://help.surveymonkey.com/ja/send/sender-email-address/',
        dated: null,
        signingDomains: ['outbound.surveymonkey.com'],
        returnPathSuffixes: ['outbound.surveymonkey.com'],
      },
      { ...AS_REGISTRATIONS, asns: [18915] },
    ],
    tenancyPattern: null,
    alignDkim:
      'A sender address under your own domain comes with team plans: ask your account manager to set it up.',
    alignSpf: null,
  },
];
