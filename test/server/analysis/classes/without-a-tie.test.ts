import { describe, expect, test } from 'vitest';
import { prepareClasses } from '../../../../server/analysis/classify.ts';
import { mailOf } from '../mail-of.ts';
import type { MailRow } from '../mail/story.ts';
import { cases, check } from './cases.ts';
import { NO_WORDS, botnet, classesOf, classifyMail, ownWorkspace, sourceOf } from './context.ts';

describe('mail without a tie', () => {
  test('from ten or more unrelated networks is unauthorised', () => {
    const classes = classesOf([ownWorkspace, ...botnet(10, { days: [-29, 0] })]);
    expect(Object.values(classes).filter((is) => is === 'unauthorised')).toHaveLength(10);
    expect(classes['as:64600#none~scattered']).toBe('unauthorised');
  });

  test('from nine networks, day after day, is asked about', () => {
    const classes = classesOf([ownWorkspace, ...botnet(9, { days: [-29, 0] })]);
    expect(Object.values(classes).filter((is) => is === 'unknown')).toHaveLength(9);
  });

  test('blocks of one larger block are no strangers to each other', () => {
    const rows = Array.from({ length: 12 }, (_, index) => ({
      source: `net:198.51.${index}.0/24`,
      messages: 1,
    }));
    expect(new Set(Object.values(classesOf(rows)))).toEqual(new Set(['unknown']));
  });

  test.each(
    cases([
      {
        about: 'on fewer than 8 days of the window is unauthorised',
        rows: [
          ownWorkspace,
          { source: 'as:64540', on: [-20, -19, -18, -15, -9, -8, -2], messages: 30 },
        ],
        classes: { 'service:google#own': 'own', 'as:64540#none': 'unauthorised' },
      },
      {
        about: 'on 8 days is asked about',
        rows: [
          ownWorkspace,
          { source: 'as:64540', on: [-20, -19, -18, -15, -9, -8, -2, -1], messages: 30 },
        ],
        classes: { 'service:google#own': 'own', 'as:64540#none': 'unknown' },
      },
      {
        about: 'once a week, always, is asked about',
        rows: [ownWorkspace, { source: 'as:64540', weekdays: [3], messages: 30 }],
        classes: { 'service:google#own': 'own', 'as:64540#none': 'unknown' },
      },
      {
        about: 'in the first week of reports is steady with half of the days',
        rows: [
          { ...ownWorkspace, days: [-5, 0] },
          { source: 'as:64540', on: [-4, -2, 0], messages: 30 },
          { source: 'as:64541', on: [-4, -2], messages: 30, spf: ['fail example.org'] },
        ],
        classes: {
          'service:google#own': 'own',
          'as:64540#none': 'unknown',
          'as:64541#none': 'unauthorised',
        },
      },
      {
        about: 'of a sister firm on the same service is asked about',
        rows: [
          ownWorkspace,
          {
            source: 'service:google',
            weekdays: [1, 2, 3, 4, 5],
            messages: 4,
            dkim: ['pass sister.example google'],
            spf: ['pass sister.example'],
          },
        ],
        classes: { 'service:google#own': 'own', 'service:google#as:sister.example': 'unknown' },
      },
      {
        about: 'of another customer of a service in use, on a few days, is unauthorised',
        rows: [
          ownWorkspace,
          {
            source: 'service:google',
            on: [-4, -3],
            messages: 40,
            dkim: ['pass bulk-offers-net.20230601.gappssmtp.com 20230601'],
            spf: ['pass bulk-offers.net'],
          },
        ],
        classes: {
          'service:google#own': 'own',
          'service:google#as:bulk-offers.net': 'unauthorised',
        },
      },
      {
        about:
          'of a newsletter service that signs as itself is asked about, however seldom it comes',
        rows: [
          ownWorkspace,
          {
            source: 'service:mailchimp',
            on: [-12],
            messages: 900,
            dkim: ['pass mcsv.net k2'],
            spf: ['pass mail27.suw15.mcsv.net'],
          },
        ],
        classes: { 'service:google#own': 'own', 'service:mailchimp#none': 'unknown' },
      },
      {
        about: 'of an undated or over-long report tells no active day',
        rows: [ownWorkspace, { source: 'as:64540', messages: 30, timed: false }],
        classes: { 'service:google#own': 'own', 'as:64540#none': 'unauthorised' },
      },
    ]),
  )('%s', check);

  test('a copied signature is no forwarder: many networks, much mail, never a whole signature', () => {
    const copies = botnet(20, { messages: 9, dkim: ['fail example.org google'] });
    const classes = classesOf([ownWorkspace, ...copies]);
    expect(classes['as:64600#none~scattered']).toBe('unauthorised');
    expect(Object.values(classes)).not.toContain('forwarder');
  });

  describe('an ERP whose mail looks like a botnet', () => {
    const erp: MailRow = {
      source: 'as:64550 Rented machines',
      weekdays: [1, 2, 3, 4, 5],
      messages: 30,
      spf: ['softfail example.org'],
    };
    const rows = [ownWorkspace, erp, ...botnet(30, { messages: 3 })];

    test('is asked about where its network stands out of the shape', () => {
      const classes = classesOf(rows);
      expect(classes['as:64550#none']).toBe('unknown');
      expect(classes['as:64600#none~scattered']).toBe('unauthorised');
    });

    test('is asked about where one address stands out, and not a network of many small ones', () => {
      const mail = mailOf({ rows });
      const bots = mail.streams.slice(2).map(({ id }) => id);
      const address = (streamId: number, last: number, messages: number, activeDays: number) => ({
        ...{ streamId, addressId: 1_000 * streamId + last, messages, activeDays },
      });
      const small = bots.flatMap((id) => [1, 2, 3].map((last) => address(id, last, 3, 3)));
      const one = classifyMail(mail, { addresses: [...small, address(2, 1, 660, 22)] });
      expect(sourceOf(one, 'as:64550#none').class).toBe('unknown');
      const crowd = Array.from({ length: 200 }, (_, last) => address(2, last, 3, 2));
      const many = classifyMail(mail, { addresses: [...small, ...crowd] });
      expect(sourceOf(many, 'as:64550#none~scattered').class).toBe('unauthorised');
    });
  });

  test('is own where its addresses send tied mail too, in a network of many customers', () => {
    const mail = mailOf({
      rows: [
        { source: 'as:63949 Linode', messages: 6, spf: ['pass example.org'] },
        { source: 'as:63949 Linode', messages: 4, spf: ['none web1.hosting.example'] },
        { source: 'as:63949 Linode', messages: 1, dkim: ['pass bulk.example s1'] },
      ],
    });
    const first = classifyMail(mail);
    expect(sourceOf(first, 'as:63949#none').class).toBe('unknown');
    const window = { from: mail.at - 29, to: mail.at };
    const prepared = prepareClasses(mail, { words: NO_WORDS, dns: null, window });
    expect(prepared.addressesWanted()).toEqual({ open: [2, 3], tied: [1] });
    const address = (streamId: number, addressId: number) => ({
      ...{ streamId, addressId, messages: 100, activeDays: 30 },
    });
    const second = classifyMail(mail, {
      addresses: [address(2, 1), address(3, 9)],
      tiedAddresses: [1],
    });
    expect(sourceOf(second, 'as:63949#own').streams).toEqual([0, 1]);
    expect(sourceOf(second, 'as:63949#as:bulk.example').class).toBe('unknown');
  });
});
