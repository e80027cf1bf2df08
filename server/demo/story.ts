import type { Profile } from '../../ingest/report.ts';
import { createRandom, integer, pick } from './random.ts';
import { DEMO_DOMAIN, mail, signature } from './story-mail.ts';

/** A day of the story, told from its end, so that the same things happen whenever it is shown. */
export interface StoryDay {
  /** 'YYYY-MM-DD', UTC. */
  day: string;
  /** 0 is the last day. */
  daysBeforeEnd: number;
  /** 0 is Sunday. */
  weekday: number;
}

interface WeightedProfile {
  weight: number;
  profile: Profile;
}

export interface Sender {
  addresses: readonly string[];
  /** Messages expected at all receivers together. */
  messagesOn: (day: StoryDay) => number;
  profilesOn: (day: StoryDay) => readonly WeightedProfile[];
}

export const STORY_DAYS = 30;

const WORKSPACE_SIGNS_FROM = 26;
const SPOOFING = { from: 11, to: 9 };

const isWorkday = ({ weekday }: StoryDay) => weekday !== 0 && weekday !== 6;
const always = (profiles: readonly WeightedProfile[]) => () => profiles;
const only = (profile: Profile) => always([{ weight: 1, profile }]);

const ownSignature = signature(DEMO_DOMAIN, 'google');

/** The domain's mailboxes: no signature of its own in the first days, both aligned since. */
const workspace: Sender = {
  addresses: [
    '209.85.208.48',
    '209.85.216.51',
    '209.85.218.54',
    '209.85.220.41',
    '209.85.222.180',
    '2a00:1450:4864:20::533',
  ],
  messagesOn: (day) => (isWorkday(day) ? 150 : 45),
  profilesOn: ({ daysBeforeEnd }) =>
    daysBeforeEnd >= WORKSPACE_SIGNS_FROM
      ? [
          {
            weight: 1,
            profile: mail(
              [signature('example-org.20230601.gappssmtp.com', '20230601')],
              DEMO_DOMAIN,
              'pass',
            ),
          },
        ]
      : [
          { weight: 96, profile: mail([ownSignature], DEMO_DOMAIN, 'pass') },
          {
            weight: 3,
            profile: mail([signature(DEMO_DOMAIN, 'google', 'fail')], DEMO_DOMAIN, 'pass'),
          },
          { weight: 1, profile: mail([ownSignature], DEMO_DOMAIN, 'temperror') },
        ],
};

/** Every Wednesday; passes SPF and DKIM for the service only, so DMARC fails. */
const newsletter: Sender = {
  addresses: [
    '198.2.128.31',
    '198.2.132.88',
    '198.2.136.109',
    '198.2.140.14',
    '198.2.177.227',
    '198.2.180.60',
  ],
  messagesOn: ({ weekday }) => (weekday === 3 ? 920 : 0),
  profilesOn: only(mail([signature('mcsv.net', 'k2')], 'mail27.suw15.mcsv.net', 'pass')),
};

/** A contact form: half of it with the domain as return path, half as the host's own user. */
const webServer: Sender = {
  addresses: ['139.162.190.0', '2a01:7e01::f03c:91ff:fe00:0'],
  messagesOn: (day) => (isWorkday(day) ? 16 : 9),
  profilesOn: always([
    { weight: 6, profile: mail([], DEMO_DOMAIN, 'pass') },
    { weight: 4, profile: mail([], 'web1.hosting.example', 'none') },
  ]),
};

/** The ticket system signs as the domain, and keeps its own return path: DKIM alone carries it. */
const tickets: Sender = {
  addresses: ['54.240.7.18', '54.240.7.45', '54.240.7.201'],
  messagesOn: (day) => (isWorkday(day) ? 38 : 6),
  profilesOn: only(
    mail(
      [signature(DEMO_DOMAIN, 'tickets2025'), signature('amazonses.com', 'ihchhvubuqgjsxyu')],
      'eu-west-1.amazonses.com',
      'pass',
    ),
  ),
};

/** A partner's office that may send for the domain, without a signature of it: SPF alone. */
const partnerOffice: Sender = {
  addresses: ['40.107.20.93', '40.107.105.124', '2a01:111:f403:2614::70f'],
  messagesOn: (day) => (isWorkday(day) ? 14 : 1),
  profilesOn: only(
    mail(
      [signature('partner.onmicrosoft.com', 'selector1-partner-onmicrosoft-com')],
      DEMO_DOMAIN,
      'pass',
    ),
  ),
};

/** A list passes mail on under its own return path; a footer breaks some signatures. */
const mailingList: Sender = {
  addresses: ['51.75.0.0', '51.77.0.0'],
  messagesOn: (day) => (isWorkday(day) ? 11 : 5),
  profilesOn: always([
    { weight: 7, profile: mail([ownSignature], 'lists.example.net', 'pass') },
    {
      weight: 3,
      profile: mail(
        [signature(DEMO_DOMAIN, 'google', 'fail'), signature('lists.example.net', 'list')],
        'lists.example.net',
        'pass',
        [{ type: 'mailing_list', comment: 'list footer' }],
      ),
    },
  ]),
};

/** Old boys' addresses that pass mail on unchanged: SPF breaks, the signature survives. */
const alumniForwarder: Sender = {
  addresses: ['159.69.0.0'],
  messagesOn: () => 4,
  profilesOn: only(mail([ownSignature], DEMO_DOMAIN, 'softfail')),
};

/** Three days of forged mail from everywhere, and a trickle of it always. */
const spoofers: Sender = {
  addresses: scatteredAddresses(90),
  messagesOn: ({ daysBeforeEnd }) =>
    daysBeforeEnd <= SPOOFING.from && daysBeforeEnd >= SPOOFING.to ? 540 : 2,
  profilesOn: always([
    { weight: 7, profile: mail([], DEMO_DOMAIN, 'softfail') },
    { weight: 2, profile: mail([], 'bulk-offers.example', 'none') },
    {
      weight: 1,
      profile: mail([signature(DEMO_DOMAIN, 'google', 'fail')], DEMO_DOMAIN, 'softfail'),
    },
  ]),
};

export const SENDERS: readonly Sender[] = [
  workspace,
  newsletter,
  webServer,
  tickets,
  partnerOffice,
  mailingList,
  alumniForwarder,
  spoofers,
];

/**
 * Addresses in the access networks of many countries. They end in 0: where no one's own machine is
 * meant, as with forgers, hosters and forwarders here, none is named.
 */
function scatteredAddresses(count: number): string[] {
  const networks =
    '14.160 41.32 41.246 61.94 73.20 79.192 80.24 81.96 85.100 88.224 90.0 93.32 95.24 113.160 117.192 121.128 122.160 126.200 160.164 178.146 187.37 187.128 189.78 201.0'.split(
      ' ',
    );
  const random = createRandom(1989);
  const addresses = new Set<string>();
  while (addresses.size < count)
    addresses.add(`${pick(random, networks)}.${integer(random, 256)}.0`);
  return [...addresses];
}
