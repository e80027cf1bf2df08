import type { Service } from '../service.ts';
import { AS_REGISTRATIONS } from './as-registrations.ts';

export const mailboxProviders: readonly Service[] = [
  {
    id: 'google',
    name: 'Google Workspace and Gmail',
    kind: 'mailbox-provider',
    documents: [
      {
        source: 'https://support.google.com/a/answer/174124',
        dated: null,
        signingDomains: ['gappssmtp.com'],
      },
      {
        source:
          'https://portal.smartertools.com/community/a97318/google-and-sender-authentication.aspx',
        dated: null,
        signingDomains: ['gmail.com'],
        returnPathSuffixes: ['gmail.com'],
      },
      {
        source: 'https://support.google.com/a/answer/33786',
        dated: null,
        spfIncludes: ['_spf.google.com'],
      },
      { ...AS_REGISTRATIONS, asns: [15169] },
    ],
    tenancyPattern: '^([a-z0-9-]+)\\.\\d{8}\\.gappssmtp\\.com$',
    tenancyNames: 'domain',
    alignDkim:
      'In the Admin console under Apps, Google Workspace, Gmail, Authenticate email: generate a key, publish it, and start authentication.',
    alignSpf: 'Add include:_spf.google.com to the SPF record of your domain.',
  },
  {
    id: 'microsoft-365',
    name: 'Microsoft 365',
    kind: 'mailbox-provider',
    documents: [
      {
        source:
          'https://learn.microsoft.com/en-us/defender-office-365/email-authentication-dkim-configure',
        dated: '2025-10',
        signingDomains: ['onmicrosoft.com'],
      },
      {
        source:
          'https://learn.microsoft.com/en-us/defender-office-365/email-authentication-spf-configure',
        dated: null,
        spfIncludes: ['spf.protection.outlook.com'],
      },
      {
        source:
          'https://learn.microsoft.com/en-us/archive/blogs/tzink/the-outbound-ip-and-helo-format-for-office-365',
        dated: '2016-07',
        returnPathSuffixes: ['protection.outlook.com'],
        ptrSuffixes: ['protection.outlook.com'],
      },
    ],
    tenancyPattern: '^([a-z0-9-]+)(?:\\.mail)?\\.onmicrosoft\\.com$',
    tenancyNames: 'tenant',
    alignDkim:
      'In the Defender portal under Email authentication settings, DKIM: publish the two CNAME records shown for your domain and switch signing on.',
    alignSpf: 'Add include:spf.protection.outlook.com to the SPF record of your domain.',
  },
  {
    id: 'outlook-com',
    name: 'Outlook.com',
    kind: 'mailbox-provider',
    documents: [
      {
        source: 'https://docs.sendgrid.com/ui/analytics-and-reporting/mailbox-provider-statistics',
        dated: null,
        returnPathSuffixes: ['hotmail.com', 'live.com', 'outlook.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
  {
    id: 'yahoo',
    name: 'Yahoo Mail and AOL',
    kind: 'mailbox-provider',
    documents: [
      {
        source: 'https://www.twilio.com/docs/sendgrid/concepts/inbox-provider-insights/yahoo',
        dated: null,
        returnPathSuffixes: ['aol.com', 'yahoo.com', 'ymail.com'],
      },
      {
        source:
          'https://github.com/thunderbird/autoconfig/blob/3052a9896d90300070d691464939a1f973deaf70/ispdb/verizon.net.xml',
        dated: null,
        returnPathSuffixes: ['verizon.net'],
      },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
  {
    id: 'icloud',
    name: 'iCloud Mail',
    kind: 'mailbox-provider',
    documents: [
      {
        source: 'https://www.twilio.com/docs/sendgrid/concepts/inbox-provider-insights/apple',
        dated: null,
        returnPathSuffixes: ['icloud.com', 'mac.com', 'me.com'],
      },
      { ...AS_REGISTRATIONS, asns: [714, 6185] },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
  {
    id: 'proton',
    name: 'Proton Mail',
    kind: 'mailbox-provider',
    documents: [
      {
        source: 'https://proton.me/support/addresses-and-aliases',
        dated: null,
        returnPathSuffixes: ['pm.me', 'proton.me', 'protonmail.ch', 'protonmail.com'],
      },
      { ...AS_REGISTRATIONS, asns: [62371, 199218, 208172, 209103] },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
  {
    id: 'united-internet',
    name: 'GMX, WEB.DE and mail.com',
    kind: 'mailbox-provider',
    documents: [
      {
        source: 'https://smtp.codes/unitedinternet/',
        dated: null,
        returnPathSuffixes: [
          'gmx.at',
          'gmx.ch',
          'gmx.com',
          'gmx.de',
          'gmx.net',
          'mail.com',
          'web.de',
        ],
      },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
];
