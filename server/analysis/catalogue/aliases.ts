import type { Service } from '../service.ts';

/** Services that pass mail to an alias on to another mailbox: nothing has to be aligned at them. */
export const aliases: readonly Service[] = [
  {
    id: 'addy-io',
    name: 'addy.io (AnonAddy)',
    kind: 'forwarder',
    documents: [
      {
        source: 'https://github.com/anonaddy/anonaddy/issues/242',
        dated: '2021-12',
        returnPathSuffixes: ['anonaddy.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
  {
    id: 'forward-email',
    name: 'Forward Email',
    kind: 'forwarder',
    documents: [
      {
        source: 'https://github.com/forwardemail/free-email-forwarding/issues/269',
        dated: '2022-06',
        returnPathSuffixes: ['forwardemail.net'],
      },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
  {
    id: 'pobox',
    name: 'Pobox',
    kind: 'forwarder',
    documents: [
      {
        source:
          'https://github.com/thunderbird/autoconfig/blob/9951bf24a6c105db149009e1bb7f27b513539005/ispdb/pobox.com.xml',
        dated: null,
        returnPathSuffixes: ['pobox.com'],
      },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
  {
    id: 'simplelogin',
    name: 'SimpleLogin',
    kind: 'forwarder',
    documents: [
      {
        source: 'https://github.com/simple-login/app/issues/624',
        dated: '2021-09',
        returnPathSuffixes: ['bounce.simplelogin.co'],
      },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
];
