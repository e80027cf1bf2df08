import type { ClassifiedSource, Split } from '../../../../server/analysis/classified.ts';
import type { SourceInsight, SourceSums } from '../../../../server/insight/insight.ts';
import type { SourceKind } from '../../../../server/store/source-naming.ts';
import { day, tallyOf } from './tally-of.ts';

const source = (
  id: string,
  name: string,
  kind: SourceKind,
  split: Split,
  parts: Pick<ClassifiedSource, 'class' | 'evidence'> & Partial<ClassifiedSource>,
): ClassifiedSource => ({
  id,
  name,
  network: {
    id: id.split('#')[0] ?? id,
    name: name.split(',')[0] ?? name,
    kind,
    evidence: `the service's own signature on ${parts.evidence[0]?.messages ?? 0} messages`,
  },
  split,
  word: null,
  streams: [],
  ...parts,
});

const told = (rule: string, text: string, messages: number) => ({ rule, text, messages });
const seen = { firstDay: day('2026-08-30'), lastDay: day('2026-11-22') };

/** Six sources, one of each class and shade, as the insight gives them. */
export const SOURCES: SourceSums[] = [
  {
    source: source(
      'service:google-workspace#own',
      'Google Workspace, as you',
      'service',
      { kind: 'own' },
      {
        class: 'own',
        evidence: [
          told('aligned-dkim', 'Signed as example.org, and the signature verified.', 2401),
          told(
            'tenancy',
            'Also signed as example-org.20230601.gappssmtp.com, Google’s name for your account.',
            2401,
          ),
        ],
      },
    ),
    classShown: 'own',
    tally: tallyOf(2401, { bothAligned: 2380, dkimOnly: 21 }),
    addresses: 214,
    ...seen,
    passedUnaligned: [],
    advice: null,
  },
  {
    source: source(
      'service:mailchimp#own',
      'Mailchimp, as you',
      'service',
      { kind: 'own' },
      {
        class: 'own',
        evidence: [told('word', 'You said on 3 Nov that it sends for you.', 412)],
        word: { by: 'Ada', day: day('2026-11-03'), note: 'our newsletter' },
      },
    ),
    classShown: 'own-needs-work',
    tally: tallyOf(412, { dkimPassUnaligned: 412, spfPassUnaligned: 412 }),
    addresses: 12,
    firstDay: day('2026-09-01'),
    lastDay: day('2026-11-17'),
    passedUnaligned: [
      { by: 'dkim', domain: 'mcsv.net', messages: 412 },
      { by: 'spf', domain: 'mail121.atl81.rsgsv.net', messages: 412 },
    ],
    advice:
      'Mailchimp signs as mcsv.net. Add the two CNAME records that your account shows under Domains.',
  },
  {
    source: source(
      'net:203.0.113.0/24#own',
      '203.0.113.0/24, as you',
      'own-network',
      { kind: 'own' },
      {
        class: 'own',
        evidence: [told('own-address', '203.0.113.7 is the A address of example.org.', 96)],
      },
    ),
    classShown: 'own-needs-work',
    tally: tallyOf(96),
    addresses: 1,
    ...seen,
    passedUnaligned: [],
    advice:
      'Your web site sends mail itself. Let it hand mail to your provider, or sign it with DKIM.',
  },
  {
    source: source(
      'service:mailman-example#forwarded',
      'lists.example.net, passing your mail on',
      'ptr',
      { kind: 'forwarded' },
      {
        class: 'forwarder',
        evidence: [
          told(
            'travelling-selector',
            'Your own signature (selector google) arrives from its network.',
            184,
          ),
        ],
      },
    ),
    classShown: 'forwarder',
    tally: tallyOf(184, { dkimOnly: 131 }),
    addresses: 7,
    ...seen,
    passedUnaligned: [{ by: 'spf', domain: 'lists.example.net', messages: 184 }],
    advice: null,
  },
  {
    source: source(
      'as:64500#none',
      'Example Hosting, nobody',
      'as',
      { kind: 'none' },
      {
        class: 'unauthorised',
        evidence: [
          told('scattered-shape', 'The same unsigned mail came from 31 unrelated networks.', 9870),
        ],
      },
    ),
    classShown: 'unauthorised',
    tally: tallyOf(9870),
    addresses: 640,
    firstDay: day('2026-11-02'),
    lastDay: day('2026-11-09'),
    passedUnaligned: [],
    advice: null,
  },
  {
    source: source(
      'as:64501#as:sister.example',
      'Example Cloud, as sister.example',
      'as',
      { kind: 'as', domain: 'sister.example' },
      {
        class: 'unknown',
        evidence: [
          told(
            'steady-stranger',
            'It sends on 22 of 30 days from 2 networks, and nothing ties it to you.',
            70,
          ),
        ],
      },
    ),
    classShown: 'unknown',
    tally: tallyOf(70, { dkimPassUnaligned: 70 }),
    addresses: 2,
    ...seen,
    passedUnaligned: [{ by: 'dkim', domain: 'sister.example', messages: 70 }],
    advice: null,
  },
];

export const detail = (sums: SourceSums): SourceInsight => ({
  ...sums,
  everyDays: 1,
  addressRows: [
    {
      sourceIp: '203.0.113.7',
      tally: sums.tally,
      pointer: 'www.example.org',
      pointerConfirmed: true,
      asName: 'AS64496 Example Network',
    },
  ],
  signatures: [
    { domain: 'mcsv.net', selector: 'k1', result: 'pass', messages: sums.tally.messages },
    { domain: null, selector: null, result: 'none', messages: 0 },
  ],
  returnPaths: [
    { domain: 'mail121.atl81.rsgsv.net', result: 'pass', messages: sums.tally.messages },
  ],
  receivers: [
    { orgName: 'google.com', messages: sums.tally.messages, dmarcAligned: sums.tally.dmarcAligned },
  ],
  reasons: [{ type: 'mailing_list', messages: 3 }],
  headerFroms: [{ domain: 'example.org', messages: sums.tally.messages }],
});
