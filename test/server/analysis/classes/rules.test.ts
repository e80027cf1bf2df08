import { describe, expect, test } from 'vitest';

import { RULES } from '../../../../server/analysis/classes/rules.ts';
import { mailOf } from '../mail-of.ts';
import type { MailRow } from '../mail/story.ts';
import { botnet, classesOf, classifyMail, newsletter, ownWorkspace, wordsOn } from './context.ts';

/** Own mail and forwarders, one row or more for each rule. */
const tied: MailRow[] = [
  ownWorkspace,
  { ...ownWorkspace, dkim: ['fail example.org google'] },
  { ...ownWorkspace, dkim: [], spf: ['temperror example.org'] },
  {
    source: 'service:google',
    messages: 2,
    dkim: ['pass example-org.20230601.gappssmtp.com 20230601'],
  },
  { source: 'spf:example.org', messages: 1 },
  { source: 'spf:_spf.old.example', days: [-60, 0], messages: 1, spf: ['pass example.org'] },
  { source: 'spf:_spf.new.example', messages: 1, spf: ['pass example.org'] },
  { source: 'as:64510', messages: 1, dkim: ['pass example.org google'] },
  { source: 'as:64511', messages: 1, dkim: ['fail example.org google'] },
  { source: 'service:mimecast', messages: 1, dkim: ['fail example.org google'] },
  { source: 'as:64512', messages: 1, reasons: ['mailing_list'] },
  { source: 'as:64513', messages: 1, spf: ['pass srszone.org'] },
  { source: 'as:64514', messages: 3, spf: ['pass example.org'] },
  { source: 'as:64514', messages: 1, spf: ['none web.host.example'] },
];

const untied: MailRow[] = [
  newsletter,
  { source: 'as:64520', messages: 1, spf: ['fail steady.example'] },
  { source: 'as:64521', weekdays: [3], messages: 1, spf: ['fail weekly.example'] },
  { source: 'as:64522', on: [-9], messages: 1, spf: ['fail once.example'] },
  { source: 'service:google', on: [-9], messages: 1, spf: ['pass other.example'] },
  {
    source: 'service:microsoft-365',
    messages: 1,
    dkim: ['pass contoso.onmicrosoft.com selector1'],
  },
  { source: 'as:64550', weekdays: [1, 2, 3, 4, 5], messages: 90, spf: ['softfail example.org'] },
  ...botnet(20),
  ...botnet(20, { messages: 9, dkim: ['fail example.org google'] }),
];

test('every rule of the closed list speaks, in a sentence without gaps', () => {
  const mail = mailOf({ rows: [...tied, ...untied] });
  const near = mail.streams.filter(({ network }) => network.id === 'as:64514');
  const { sources } = classifyMail(mail, {
    words: wordsOn({ 'service:mailchimp': 'own' }),
    addresses: near.map(({ id }) => {
      return { streamId: id, addressId: 1, messages: 30, activeDays: 30 };
    }),
    tiedAddresses: [1],
  });
  const evidence = sources.flatMap((source) => source.evidence);
  expect([...new Set(evidence.map(({ rule }) => rule))].sort()).toEqual([...RULES].sort());
  for (const { text } of evidence)
    expect(text).toMatch(/^[A-Za-z0-9](?!.*(?:undefined|null|NaN| {2}|\(\)| ,)).*\.$/);
});

test('also mail from before the days with sums has its reason', () => {
  const { sources } = classifyMail(mailOf({ rows: botnet(12, { days: [-200, -199] }) }));
  expect(sources).toHaveLength(12);
  for (const { evidence } of sources)
    expect(evidence.map(({ rule }) => rule)).toEqual(['scattered']);
});

describe('copies of a signature', () => {
  const copies = (networks: number, messages: number) =>
    Object.values(
      classesOf([
        ownWorkspace,
        ...botnet(networks, { days: [-9, -9], messages, dkim: ['fail example.org google'] }),
      ]),
    ).filter((is) => is === 'unauthorised').length;

  test('are told from forwarding by more than small counts from ten networks or more', () => {
    expect(copies(10, 4)).toBe(10);
    expect(copies(10, 3)).toBe(0);
    expect(copies(9, 400)).toBe(0);
  });

  test('are not assumed where as much comes broken from networks that also carry whole ones', () => {
    const carrier = { source: 'as:64510', spf: ['softfail example.org'] };
    const classes = classesOf([
      ownWorkspace,
      { ...carrier, messages: 1, dkim: ['pass example.org google'] },
      { ...carrier, messages: 10, dkim: ['fail example.org google'] },
      ...botnet(12, { days: [-9, -9], messages: 20, dkim: ['fail example.org google'] }),
    ]);
    expect(new Set(Object.values(classes))).toEqual(new Set(['own', 'forwarder']));
  });
});
