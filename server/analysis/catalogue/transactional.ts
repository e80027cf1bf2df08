import type { Service } from '../service.ts';
import { AS_REGISTRATIONS } from './as-registrations.ts';

export const transactional: readonly Service[] = [
  {
    id: 'amazon-ses',
    name: 'Amazon SES',
    kind: 'transactional',
    documents: [
      {
        source: 'https://docs.aws.amazon.com/ses/latest/dg/send-email-authentication-spf.html',
        dated: null,
        returnPathSuffixes: ['amazonses.com'],
        spfIncludes: ['amazonses.com'],
      },
      {
        source:
          'https://docs.aws.amazon.com/ses/latest/dg/send-email-authentication-dkim-manual.html',
        dated: null,
        signingDomains: ['amazonses.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Verify your domain with Easy DKIM and publish its three CNAME records.',
    alignSpf: 'Set a custom MAIL FROM domain for the identity and publish its MX and SPF records.',
  },
  {
    id: 'sendgrid',
    name: 'SendGrid',
    kind: 'transactional',
    documents: [
      {
        source:
          'https://www.twilio.com/docs/sendgrid/ui/account-and-settings/how-to-set-up-domain-authentication',
        dated: null,
        signingDomains: ['sendgrid.net'],
        returnPathSuffixes: ['sendgrid.net'],
      },
      { ...AS_REGISTRATIONS, asns: [11377] },
    ],
    tenancyPattern: null,
    alignDkim: 'Authenticate your domain under Settings, Sender Authentication.',
    alignSpf: 'Authenticate your domain under Settings, Sender Authentication.',
  },
  {
    id: 'mailgun',
    name: 'Mailgun',
    kind: 'transactional',
    documents: [
      {
        source: 'https://documentation.mailgun.com/en/latest/user_manual.html',
        dated: null,
        signingDomains: ['mailgun.org'],
        returnPathSuffixes: ['mailgun.org'],
      },
      {
        source:
          'https://help.mailgun.com/hc/en-us/articles/360026833053-Domain-Verification-Setup-Guide',
        dated: null,
        spfIncludes: ['mailgun.org'],
      },
      { ...AS_REGISTRATIONS, asns: [396479] },
    ],
    tenancyPattern: null,
    alignDkim: 'Verify your domain in the account and publish its DKIM records.',
    alignSpf: 'Verify your domain in the account and publish its SPF record.',
  },
  {
    id: 'postmark',
    name: 'Postmark',
    kind: 'transactional',
    documents: [
      {
        source: 'https://postmarkapp.com/blog/introducing-full-dmarc-support-with-custom',
        dated: null,
        returnPathSuffixes: ['pm.mtasv.net'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Verify your domain in the account and publish its DKIM record.',
    alignSpf: 'Add a custom Return-Path: a CNAME record to pm.mtasv.net.',
  },
  {
    id: 'sparkpost',
    name: 'SparkPost',
    kind: 'transactional',
    documents: [
      {
        source: 'https://support.sparkpost.com/docs/tech-resources/custom-bounce-domain',
        dated: '2021-03',
        returnPathSuffixes: ['sparkpostmail.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: 'Verify your sending domain and publish its DKIM record.',
    alignSpf: 'Add a custom bounce domain: a CNAME record to sparkpostmail.com.',
  },
  {
    id: 'mailchimp-transactional',
    name: 'Mailchimp Transactional',
    kind: 'transactional',
    documents: [
      {
        source: 'https://www.senderclarity.com/guides/mandrill-spf-dkim-dmarc-setup',
        dated: null,
        returnPathSuffixes: ['mandrillapp.com'],
        spfIncludes: ['spf.mandrillapp.com'],
      },
      { ...AS_REGISTRATIONS, asns: [14782] },
    ],
    tenancyPattern: null,
    alignDkim: 'Add your domain under Settings, Domains, and publish its two CNAME records.',
    alignSpf: 'Add a custom return path domain under Settings, Tracking and Return Path Domains.',
  },
  {
    id: 'mailjet',
    name: 'Mailjet',
    kind: 'transactional',
    documents: [
      {
        source:
          'https://www.mailjet.com/blog/deliverability/mailjet-dmarcbis-is-dead-long-live-dmarc/',
        dated: '2026-05',
        returnPathSuffixes: ['bnc3.mailjet.com'],
      },
      { ...AS_REGISTRATIONS, asns: [200069] },
    ],
    tenancyPattern: null,
    alignDkim: 'Validate your sender domain and publish the DKIM record shown.',
    alignSpf: 'Set up a custom return path for your domain.',
  },
];
