import { isPayday, isWorkday, type StoryDay, TURNS } from './story-days.ts';
import {
  always,
  DEMO_DOMAIN,
  mail,
  mailboxSignature,
  only,
  type Sender,
  signature,
} from './story-mail.ts';

export const OLD_SERVER = '46.38.224.0';

const WEDNESDAY = 3;

const mailboxMessages = (day: StoryDay) => (isWorkday(day) ? 150 : 45);

/** The part of the mailboxes' mail that still leaves through the old server. */
function oldServerPart({ daysBeforeEnd }: StoryDay): number {
  if (daysBeforeEnd > TURNS.moved) return 1;
  if (daysBeforeEnd <= TURNS.oldServerSilent) return 0;
  return 0.4 * 0.72 ** (TURNS.moved - daysBeforeEnd);
}

/** Signed as the domain and sent with its return path, but for what breaks on any way. */
function mailboxProfiles(signed: (result: 'pass' | 'fail') => ReturnType<typeof signature>) {
  return [
    { weight: 96, profile: mail([signed('pass')], DEMO_DOMAIN, 'pass') },
    { weight: 3, profile: mail([signed('fail')], DEMO_DOMAIN, 'pass') },
    { weight: 1, profile: mail([signed('pass')], DEMO_DOMAIN, 'temperror') },
  ];
}

/** The domain's own mail server, until the mailboxes have moved. */
export const oldServer: Sender = {
  addresses: [OLD_SERVER],
  messagesOn: (day) => mailboxMessages(day) * oldServerPart(day),
  profilesOn: always(mailboxProfiles((result) => signature(DEMO_DOMAIN, 'mail', result))),
};

/** The mailboxes since the move: in the first two days signed by the provider alone. */
export const workspace: Sender = {
  addresses: [
    '209.85.208.48',
    '209.85.216.51',
    '209.85.218.54',
    '209.85.220.41',
    '209.85.222.180',
    '2a00:1450:4864:20::533',
  ],
  messagesOn: (day) => mailboxMessages(day) * (1 - oldServerPart(day)),
  profilesOn: (day) =>
    day.daysBeforeEnd > TURNS.workspaceSigns
      ? [{ weight: 1, profile: mail([mailboxSignature(day)], DEMO_DOMAIN, 'pass') }]
      : mailboxProfiles((result) => mailboxSignature(day, result)),
};

/** Every Wednesday, and a few welcome mails each day; passes for the service only, until its keys are in DNS. */
export const newsletter: Sender = {
  addresses: [
    '198.2.128.31',
    '198.2.132.88',
    '198.2.136.109',
    '198.2.140.14',
    '198.2.177.227',
    '198.2.180.60',
  ],
  messagesOn: ({ weekday }) => (weekday === WEDNESDAY ? 920 : 8),
  profilesOn: ({ daysBeforeEnd }) => {
    const signed =
      daysBeforeEnd > TURNS.newsletterSigns
        ? signature('mcsv.net', 'k2')
        : signature(DEMO_DOMAIN, 'k2');
    return [{ weight: 1, profile: mail([signed], 'mail27.suw15.mcsv.net', 'pass') }];
  },
};

const shopMail = (result: 'pass' | 'fail') =>
  mail([signature(DEMO_DOMAIN, 'web', result)], 'web1.hosting.example', 'none');

/**
 * A web shop that sends from a server of its own, as the host's user. It signs, but what its forms
 * send is changed afterwards, until that is mended.
 */
export const webServer: Sender = {
  addresses: ['139.162.190.0', '2a01:7e01::f03c:91ff:fe00:0'],
  messagesOn: (day) => (isWorkday(day) ? 18 : 10),
  profilesOn: ({ daysBeforeEnd }) =>
    daysBeforeEnd > TURNS.webServerMended
      ? [
          { weight: 1, profile: shopMail('pass') },
          { weight: 5, profile: shopMail('fail') },
        ]
      : [{ weight: 1, profile: shopMail('pass') }],
};

const ticketsWith = (result: 'pass' | 'fail') =>
  mail(
    [signature(DEMO_DOMAIN, 'tickets', result), signature('amazonses.com', 'ihchhvubuqgjsxyu')],
    'eu-west-1.amazonses.com',
    'pass',
  );

/** The ticket system signs as the domain, and keeps its own return path: DKIM alone carries it. */
export const tickets: Sender = {
  addresses: ['54.240.7.18', '54.240.7.45', '54.240.7.201'],
  messagesOn: (day) => (isWorkday(day) ? 38 : 6),
  profilesOn: always([
    { weight: 997, profile: ticketsWith('pass') },
    { weight: 3, profile: ticketsWith('fail') },
  ]),
};

/** Pay slips, once a month, from a bureau that signs as the domain. */
export const payroll: Sender = {
  addresses: ['217.160.0.0'],
  messagesOn: (day) => (isPayday(day) ? 64 : 0),
  profilesOn: only(mail([signature(DEMO_DOMAIN, 'pay1')], 'bounce.payroll.example', 'pass')),
};
