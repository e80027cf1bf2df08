import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { DomainMail, MailStream } from '../../../../server/store/domain-mail.ts';
import { mailOf } from '../mail-of.ts';
import type { MailRow } from '../mail/story.ts';
import { classifyMail, wordsOn } from './context.ts';

const RUNS = { numRuns: 150 };

const some = (all: readonly string[], most: number) =>
  fc.subarray([...all], { minLength: 0, maxLength: most });

/** Any mail: own, passed on, of others, forged, in any network. */
const rows = fc.array(
  fc.record({
    source: fc.constantFrom(
      ...['service:google', 'service:mailchimp', 'spf:example.org', 'spf:_spf.host.example'],
      ...['as:64500', 'as:64501', 'as:64502', 'net:192.0.2.0/24', 'ptr:host.example'],
    ),
    on: fc.uniqueArray(fc.integer({ min: -80, max: 0 }), { minLength: 1, maxLength: 12 }),
    messages: fc.integer({ min: 1, max: 500 }),
    dkim: some(
      [
        ...['pass example.org s1', 'pass example.org s2', 'fail example.org s1'],
        ...['fail example.org new', 'pass mcsv.net k2', 'pass other.example k1'],
        'pass example-org.20230601.gappssmtp.com 20230601',
      ],
      3,
    ),
    spf: some(
      [
        ...['pass example.org', 'softfail example.org', 'temperror example.org'],
        ...['pass other.example', 'pass mail1.mcsv.net'],
      ],
      1,
    ),
    reasons: some(['mailing_list', 'local_policy arc=pass'], 1),
    timed: fc.boolean(),
  }),
  { minLength: 1, maxLength: 14 },
);

/** Forged mail from networks that no other row has: nothing of it is tied to the owner. */
const forged = fc.array(
  fc.record({
    source: fc.integer({ min: 70_000, max: 70_040 }).map((asn) => `as:${asn}`),
    on: fc.uniqueArray(fc.integer({ min: -29, max: 0 }), { minLength: 1, maxLength: 6 }),
    messages: fc.integer({ min: 1, max: 100_000 }),
    dkim: some(
      [
        'fail example.org forged',
        'fail example.org s1',
        'pass bulk.example x',
        'none example.org -',
      ],
      2,
    ),
    spf: some(['softfail example.org', 'fail example.org', 'pass bulk.example'], 1),
  }),
  { minLength: 1, maxLength: 60 },
);

const mailOfRows = (all: readonly MailRow[]) => mailOf({ rows: all });

/** Id and class of the source of every stream, by the stream's id. */
function placesOf(mail: DomainMail): Map<number, string> {
  const { sources, sourceOfStream } = classifyMail(mail);
  return new Map(
    mail.streams.map(({ id }, index) => {
      const source = sources[sourceOfStream[index] ?? -1];
      return [id, `${source?.id ?? '?'} ${source?.class ?? '?'}`];
    }),
  );
}

const messagesOf = ({ messages }: MailStream) => messages.reduce((sum, one) => sum + one, 0);

describe('whatever the mail is', () => {
  test('every stream has exactly one source, and the classes add up to all of it', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const mail = mailOfRows(all);
        const { sources, sourceOfStream } = classifyMail(mail);
        const listed = sources.flatMap(({ streams }, place) =>
          streams.map((stream) => [stream, place] as const),
        );
        expect(listed.map(([stream]) => stream).sort((a, b) => a - b)).toEqual(
          mail.streams.map((_, index) => index),
        );
        for (const [stream, place] of listed) expect(sourceOfStream[stream]).toBe(place);
        expect(new Set(sources.map(({ id }) => id)).size).toBe(sources.length);
      }),
      RUNS,
    );
  });

  test('every source says why, and a question names every unknown one that sends', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const mail = mailOfRows(all);
        const { sources, questions } = classifyMail(mail);
        for (const source of sources) {
          expect(source.evidence.length).toBeGreaterThan(0);
          for (const { text } of source.evidence) expect(text).toMatch(/^\S.*\.$/);
        }
        const sentLately = ({ streams }: { streams: readonly number[] }) =>
          streams.some((index) => (mail.streams[index]?.days.at(-1) ?? 0) > mail.at - 30);
        const unknown = sources.filter(
          (source) => source.class === 'unknown' && sentLately(source),
        );
        expect(questions.map(({ sourceId }) => sourceId).sort()).toEqual(
          unknown.map(({ id }) => id).sort(),
        );
      }),
      RUNS,
    );
  });

  test('mail that passes DMARC is never called unauthorised: no policy would stop it', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const mail = mailOfRows(all);
        for (const source of classifyMail(mail).sources) {
          const passes = source.streams.some((index) => {
            const evaluated = mail.streams[index]?.shape.policyEvaluated;
            return evaluated?.dkimAligned === true || evaluated?.spfAligned === true;
          });
          expect(passes && source.class === 'unauthorised').toBe(false);
        }
      }),
      RUNS,
    );
  });

  test('the order of streams does not matter', () => {
    fc.assert(
      fc.property(rows, fc.integer(), (all, seed) => {
        const mail = mailOfRows(all);
        const order = (id: number) => (id * 2_654_435_761 + seed) % 1_000_003;
        const streams = [...mail.streams].sort((a, b) => order(a.id) - order(b.id));
        const shuffled = { ...mail, streams };
        expect(placesOf(shuffled)).toEqual(placesOf(mail));
        const told = (one: DomainMail) =>
          classifyMail(one).sources.map(({ name, evidence, word }) => ({ name, evidence, word }));
        expect(told(shuffled)).toEqual(told(mail));
        expect(classifyMail(shuffled).questions).toEqual(classifyMail(mail).questions);
      }),
      RUNS,
    );
  });

  test('the messages of one stream may as well stand in two', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (all, pick) => {
        const mail = mailOfRows(all);
        const place = pick % mail.streams.length;
        const stream = mail.streams[place];
        if (stream === undefined || messagesOf(stream) < 2) return;
        const half = { ...stream, messages: stream.messages.map((one) => Math.floor(one / 2)) };
        const rest = {
          ...stream,
          id: 9999,
          messages: stream.messages.map((one) => Math.ceil(one / 2)),
        };
        const streams = mail.streams.flatMap((one) => (one === stream ? [half, rest] : [one]));
        const parted = placesOf({ ...mail, streams });
        expect(parted.get(9999)).toBe(parted.get(stream.id));
        parted.delete(9999);
        expect(parted).toEqual(placesOf(mail));
      }),
      RUNS,
    );
  });

  test('forged mail from new networks changes neither source nor class of tied mail', () => {
    fc.assert(
      fc.property(rows, forged, (all, attack) => {
        const mail = mailOfRows(all);
        const before = placesOf(mail);
        const attacked = mailOfRows([...all, ...attack]);
        const after = placesOf(attacked);
        // Many copies of a real signature also throw doubt on broken ones that came elsewhere.
        const copies = attack.some(({ dkim }) => dkim.includes('fail example.org s1'));
        const kept = copies ? / own$/ : / (?:own|forwarder)$/;
        for (const [id, place] of before) if (kept.test(place)) expect(after.get(id)).toBe(place);
      }),
      RUNS,
    );
  });

  test('a word on the id of a source decides its class, and leaves every id as it was', () => {
    fc.assert(
      fc.property(
        rows,
        fc.nat(),
        fc.constantFrom('own' as const, 'forwarder' as const, 'unauthorised' as const),
        (all, pick, said) => {
          const mail = mailOfRows(all);
          const { sources } = classifyMail(mail);
          const source = sources[pick % sources.length];
          if (source === undefined) return;
          const told = classifyMail(mail, { words: wordsOn({ [source.id]: said }) }).sources;
          expect(told.map(({ id }) => id)).toEqual(sources.map(({ id }) => id));
          expect(told.find(({ id }) => id === source.id)?.class).toBe(said);
        },
      ),
      RUNS,
    );
  });
});
