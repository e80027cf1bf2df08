import { createRandom, integer, pick } from './random.ts';
import { isWorkday, TURNS } from './story-days.ts';
import { DEMO_DOMAIN, mail, mailboxSignature, only, type Sender, signature } from './story-mail.ts';

/** A list passes mail on under its own return path; a footer breaks some signatures. */
export const mailingList: Sender = {
  addresses: ['51.75.0.0', '51.77.0.0'],
  messagesOn: (day) => (isWorkday(day) ? 6 : 3),
  profilesOn: (day) => [
    { weight: 88, profile: mail([mailboxSignature(day)], 'lists.example.net', 'pass') },
    {
      weight: 12,
      profile: mail(
        [mailboxSignature(day, 'fail'), signature('lists.example.net', 'list')],
        'lists.example.net',
        'pass',
        [{ type: 'mailing_list', comment: 'list footer' }],
      ),
    },
  ],
};

/** Old boys' addresses that pass mail on unchanged: SPF breaks, the signature survives. */
export const alumniForwarder: Sender = {
  addresses: ['159.69.0.0'],
  messagesOn: () => 4,
  profilesOn: (day) => [
    { weight: 1, profile: mail([mailboxSignature(day)], DEMO_DOMAIN, 'softfail') },
  ],
};

/** A university that passes mail on under a return path of its own. */
export const universityForwarder: Sender = {
  addresses: ['130.59.0.0'],
  messagesOn: (day) => (isWorkday(day) ? 3 : 1),
  profilesOn: (day) => [
    { weight: 1, profile: mail([mailboxSignature(day)], 'forward.university.example', 'pass') },
  ],
};

/** Someone who writes as the domain and passes as themselves. Nobody has said who that is. */
export const agency: Sender = {
  addresses: ['62.210.0.0'],
  messagesOn: (day) => (day.daysBeforeEnd <= TURNS.agencyBegins && isWorkday(day) ? 1.3 : 0),
  profilesOn: only(mail([], 'mailer.agency.example', 'pass')),
};

const forged = mail([], DEMO_DOMAIN, 'softfail');
const forgedInTheWave = [
  { weight: 7, profile: forged },
  { weight: 2, profile: mail([], 'bulk-offers.example', 'none') },
  {
    weight: 1,
    profile: mail([signature(DEMO_DOMAIN, 's1', 'permerror')], DEMO_DOMAIN, 'softfail'),
  },
];

/** Five days of forged mail from everywhere, and a trickle of it always. */
export const spoofers: Sender = {
  addresses: scatteredAddresses(90),
  messagesOn: (day) => (isInTheWave(day) ? 540 : 2.5),
  profilesOn: (day) => (isInTheWave(day) ? forgedInTheWave : [{ weight: 1, profile: forged }]),
};

function isInTheWave({ daysBeforeEnd }: { daysBeforeEnd: number }): boolean {
  return daysBeforeEnd <= TURNS.spoofing.from && daysBeforeEnd >= TURNS.spoofing.to;
}

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
