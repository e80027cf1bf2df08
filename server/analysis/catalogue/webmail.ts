import type { Service } from '../service.ts';
import { AS_REGISTRATIONS } from './as-registrations.ts';
import { personalMail } from './personal-mail.ts';

/** Mail of people at a portal or a mail host of their choice. */
export const webmail: readonly Service[] = [
  personalMail('bol', 'BOL', 'c0708c2b03f112063503d5f54df8c39a8e0dde40/bol.com.br', ['bol.com.br']),
  personalMail('daum', 'Daum', '0535a73273c3ae168887fdf5cce682d64412536a/daum.net.xml', [
    'daum.net',
  ]),
  {
    id: 'fastmail',
    name: 'Fastmail',
    kind: 'mailbox-provider',
    documents: [
      {
        source:
          'https://github.com/thunderbird/autoconfig/blob/9951bf24a6c105db149009e1bb7f27b513539005/ispdb/messagingengine.com.xml',
        dated: null,
        returnPathSuffixes: ['messagingengine.com'],
      },
      {
        source: 'https://mailermonk.com/guides/spf/fastmail',
        dated: null,
        spfIncludes: ['spf.messagingengine.com'],
      },
      { ...AS_REGISTRATIONS, asns: [151847] },
    ],
    tenancyPattern: null,
    alignDkim: 'Under Settings, Domains: open your domain and publish the DKIM records shown.',
    alignSpf: 'Add include:spf.messagingengine.com to the SPF record of your domain.',
  },
  personalMail(
    'freenet',
    'freenet Mail',
    '0ef1ea3772fbdea86ab611ee08ee6e9c01e1285e/freenet.de.xml',
    ['freenet.de'],
  ),
  personalMail('inbox-lv', 'Inbox.lv', '4494986a54f719d17b5810593a6b050b52b24da9/inbox.lv.xml', [
    'inbox.eu',
    'inbox.la',
    'inbox.lt',
    'inbox.lv',
  ]),
  personalMail('libero', 'Libero Mail', 'c0708c2b03f112063503d5f54df8c39a8e0dde40/libero.it', [
    'blu.it',
    'giallo.it',
    'inwind.it',
    'iol.it',
    'libero.it',
  ]),
  personalMail('mail-ee', 'Mail.ee', '4494986a54f719d17b5810593a6b050b52b24da9/mail.ee.xml', [
    'mail.ee',
  ]),
  personalMail('mail-ru', 'Mail.ru', 'de8e08dc0f2511b95ea36ec808e8bede3de819e2/mail.ru', [
    'bk.ru',
    'inbox.ru',
    'list.ru',
    'mail.ru',
  ]),
  personalMail(
    'mailbox-org',
    'mailbox.org',
    '40169f0b5a864681a2c6a9913268ac0c1d9be621/mailbox.org.xml',
    ['mailbox.org'],
  ),
  {
    id: 'migadu',
    name: 'Migadu',
    kind: 'mailbox-provider',
    documents: [
      {
        source:
          'https://github.com/thunderbird/autoconfig/blob/875579391cde41c379a95dee5ae845fa6e8ccacf/ispdb/migadu.com.xml',
        dated: null,
        returnPathSuffixes: ['migadu.com'],
      },
      { ...AS_REGISTRATIONS, asns: [202172] },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
  personalMail('naver', 'Naver', '0cd708a5ee8c3a474b367eb2b8da0a34109236b0/naver.com.xml', [
    'naver.com',
  ]),
  personalMail('o2-poczta', 'o2 Poczta', 'f4bb422fd5e8a71f0e825ff77ad9c2b81a67f256/o2.pl.xml', [
    'go2.pl',
    'o2.pl',
    'prokonto.pl',
    'tlen.pl',
  ]),
  {
    id: 'posteo',
    name: 'Posteo',
    kind: 'mailbox-provider',
    documents: [
      {
        source:
          'https://github.com/thunderbird/autoconfig/blob/310447e66055b612aa7d309c6afd936d27a3e1f3/ispdb/posteo.de.xml',
        dated: null,
        returnPathSuffixes: [
          'posteo.at',
          'posteo.ch',
          'posteo.de',
          'posteo.eu',
          'posteo.me',
          'posteo.net',
          'posteo.nl',
          'posteo.org',
          'posteo.uk',
          'posteo.us',
        ],
      },
      { ...AS_REGISTRATIONS, asns: [201681] },
    ],
    tenancyPattern: null,
    alignDkim: null,
    alignSpf: null,
  },
  personalMail(
    'purelymail',
    'Purelymail',
    'bb43fc5e90a54ebe273bea4451ecfde552ea5dd9/purelymail.com.xml',
    ['purelymail.com'],
  ),
  personalMail('qq', 'QQ Mail', '9951bf24a6c105db149009e1bb7f27b513539005/qq.com.xml', ['qq.com']),
  personalMail('rambler', 'Rambler', '4de464fe93348c89944e57f092f12b62248f20f5/rambler.ru.xml', [
    'rambler.ru',
  ]),
  personalMail(
    'rediffmail',
    'Rediffmail',
    'af7643b4f11abcd283f02408c832e496d4a73f30/rediffmail.com.xml',
    ['rediffmail.com'],
  ),
  personalMail(
    'virgilio',
    'Virgilio Mail',
    '7e9fbb12bb8b6b4814f47b610682655e83299c0a/virgilio.it.xml',
    ['virgilio.it'],
  ),
  personalMail(
    'vivaldi-mail',
    'Vivaldi Mail',
    '5bb82e7368986b4acdf7f9109f95e13056916a8c/vivaldi.net.xml',
    ['vivaldi.net'],
  ),
  personalMail('yandex', 'Yandex Mail', '9951bf24a6c105db149009e1bb7f27b513539005/yandex.ru.xml', [
    'narod.ru',
    'ya.ru',
    'yandex.by',
    'yandex.com',
    'yandex.kz',
    'yandex.net',
    'yandex.ru',
    'yandex.ua',
  ]),
  personalMail('zoho-mail', 'Zoho Mail', '0415b0102f9e73e3701f980543c62e0bfef2e61d/zoho.com.xml', [
    'zoho.com',
    'zohomail.com',
  ]),
];
