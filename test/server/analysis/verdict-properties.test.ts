import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { classify, prepareClasses } from '../../../server/analysis/classify.ts';
import { judge, type VerdictInput } from '../../../server/analysis/verdict.ts';
import type { Verdict } from '../../../server/analysis/verdict-types.ts';
import { checkDmarcRecord } from '../../../server/records/dmarc-record.ts';
import { severityOf } from '../../../server/records/findings.ts';
import type { StreamAddress } from '../../../server/store/domain-mail.ts';
import { inputOf, judged } from '../../scenarios/judged.ts';
import { KEEP, NO_WORDS } from '../../scenarios/scenario.ts';
import {
  arbitraryFailure,
  arbitrarySpoofing,
  arbitraryStory,
} from './slow-oracle/arbitrary-story.ts';

const SEED = Number(process.env['RUADMAP_SEED'] ?? 20_634);
const RUNS = Number(process.env['RUADMAP_RUNS'] ?? 150);
const parameters = { seed: SEED, numRuns: RUNS };

/** What a verdict says of the readiness of own mail. */
function readinessOf({ verdict, record, change, earliest, gates, ...more }: Verdict) {
  const { blockers, lowVolume, window, policy, own, forwarded, unknown } = more;
  const { highestFailureRatio, listUsers, sentence } = more;
  return {
    ...{ verdict, record, change, earliest, gates, blockers, lowVolume, window, policy },
    ...{ own, forwarded, unknown, highestFailureRatio, listUsers, sentence },
  };
}

describe('whatever the mail', () => {
  test(
    'unauthorised mail added never changes the readiness of own mail',
    { timeout: 120_000 },
    () => {
      fc.assert(
        fc.property(arbitraryStory, arbitrarySpoofing, (story, spoofed) => {
          const rows = [...story.mail.rows, ...spoofed];
          const before = judged(story).verdict;
          const after = judged({ ...story, mail: { ...story.mail, rows } }).verdict;
          const isReported = before.policy !== null && before.own.messages > 0;
          fc.pre(isReported && after.unauthorised.messages >= before.unauthorised.messages);
          expect(readinessOf(after)).toEqual(readinessOf(before));
        }),
        parameters,
      );
    },
  );

  test('one more own failure never turns stay into advance', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(arbitraryStory, arbitraryFailure, (story, failure) => {
        const before = judged(story).verdict;
        fc.pre(before.verdict !== 'advance');
        const rows = [...story.mail.rows, failure];
        const after = judged({ ...story, mail: { ...story.mail, rows } }).verdict;
        expect(after.verdict).not.toBe('advance');
      }),
      parameters,
    );
  });

  test('the order of arrival changes nothing', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(arbitraryStory, fc.infiniteStream(fc.nat()), (story, dice) => {
        const input = inputOf(story);
        const shuffled = inAnotherOrder(input, () => Number(dice.next().value));
        const keep = ({ sources, ...verdict }: Verdict) => ({
          ...verdict,
          sources: sources
            .map(({ source, ...numbers }) => ({ id: source.id, ...numbers }))
            .sort((a, b) => (a.id < b.id ? -1 : 1)),
        });
        expect(keep(judge(shuffled))).toEqual(keep(judge(input)));
      }),
      parameters,
    );
  });

  test('the batch in which reports arrive changes nothing', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(arbitraryStory, (story) => {
        const input = inputOf(story);
        expect(judge(inHalves(input))).toEqual(judge(input));
      }),
      parameters,
    );
  });

  test(
    'splitting a source’s addresses inside its block changes nothing',
    { timeout: 120_000 },
    () => {
      fc.assert(
        fc.property(
          arbitraryStory,
          arbitrarySpoofing,
          fc.integer({ min: 2, max: 5 }),
          (story, spoofed, parts) => {
            const mail = { ...story.mail, rows: [...story.mail.rows, ...spoofed] };
            const input = inputOf({ ...story, mail });
            const whole = addressesOf(input);
            const split = whole.flatMap((address) => splitInBlock(address, parts));
            const window = { from: input.mail.at - 29, to: input.mail.at };
            const context = { words: { ...NO_WORDS, ...story.words }, dns: null, window };
            const { tied } = prepareClasses(input.mail, context).addressesWanted();
            const with_ = (addresses: readonly StreamAddress[]): VerdictInput => {
              const ofTied = addresses.filter(({ streamId }) => tied.includes(streamId));
              const tiedAddresses = ofTied.map(({ addressId }) => addressId);
              const known = { ...context, addresses, tiedAddresses };
              return { ...input, classification: classify(input.mail, known) };
            };
            expect(judge(with_(split))).toEqual(judge(with_(whole)));
          },
        ),
        parameters,
      );
    },
  );

  test('the classes add up to all mail of the window', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(arbitraryStory, arbitrarySpoofing, (story, spoofed) => {
        const mail = { ...story.mail, rows: [...story.mail.rows, ...spoofed] };
        const { input, verdict } = judged({ ...story, mail });
        const { from, to } = verdict.window;
        let all = 0;
        for (const { days, messages } of input.mail.streams)
          days.forEach((day, index) => {
            if (day >= from && day <= to) all += messages[index] ?? 0;
          });
        const { own, forwarded, unauthorised, unknown } = verdict;
        const classes = [own, forwarded, unauthorised, unknown].map(({ messages }) => messages);
        expect(classes.reduce((sum, messages) => sum + messages, 0)).toBe(all);
        const sources = verdict.sources.reduce((sum, { sums }) => sum + sums.messages, 0);
        expect(sources).toBe(all);
      }),
      parameters,
    );
  });

  test('no record is recommended that its checker refuses', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(arbitraryStory, arbitraryRecord, fc.boolean(), (story, record, asked) => {
        const dns = asked ? { dns: { dmarc: [record] } } : {};
        const waivers = ['dns', 'coverage', 'rhythm', 'time-at-policy', 'classes'].map((gate) => {
          return { gate, by: 'Ines', day: 20_600, reason: 'For once.', untilDay: 20_700 };
        });
        const { verdict } = judged({ ...story, ...dns, words: { ...story.words, waivers } });
        const text = verdict.record?.replace(KEEP, 'rua=mailto:dmarc@example.org') ?? null;
        const problems = text === null ? [] : checkDmarcRecord(text);
        expect(problems.filter(({ id }) => severityOf(id) === 'blocks')).toEqual([]);
      }),
      parameters,
    );
  });
});

/** Records as people write them, with tags that are wrong, historic, or there twice. */
const arbitraryRecord: fc.Arbitrary<string> = fc
  .shuffledSubarray([
    ...['p=none', 'p=quarantine', 'p=rejected', 'sp=none', 'sp=quarantene', 'np=reject', 'np=x'],
    ...['adkim=s', 'aspf=q', 'pct=50', 'pct=200', 'rf=afrf', 'ri=86400', 't=y', 'fo=1', 'x=y', '='],
    ...['rua=mailto:dmarc@example.org', 'rua=dmarc', 'ruf=mailto:f@example.org', 'psd=n'],
  ])
  .map((tags) => ['v=DMARC1', ...tags].join('; '));

function shuffled<T>(values: readonly T[], dice: () => number): T[] {
  return values
    .map((value) => ({ value, key: dice() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}

/** The same mail as another order of arrival leaves it: other ids, other places. */
function inAnotherOrder(input: VerdictInput, dice: () => number): VerdictInput {
  const { mail } = input;
  const streams = shuffled(mail.streams, dice);
  const ids = new Map(streams.map(({ id }, place) => [id, 1_000 + place]));
  const idOf = (id: number): number => ids.get(id) ?? id;
  const another = {
    ...mail,
    streams: streams.map((stream) => ({ ...stream, id: idOf(stream.id) })),
    reports: shuffled(mail.reports, dice),
    reporterDays: shuffled(mail.reporterDays, dice),
  };
  return {
    ...{ ...input, mail: another },
    classification: classify(another, {
      ...{ words: input.words, dns: input.dns, addresses: [] },
      window: { from: mail.at - 29, to: mail.at },
    }),
    streamReporterDays: shuffled(input.streamReporterDays, dice).map((told) => ({
      ...told,
      streamId: idOf(told.streamId),
    })),
  };
}

/** Every report comes as two: what each told of a day stands there in two parts. */
function inHalves(input: VerdictInput): VerdictInput {
  const { mail } = input;
  const halves = (count: number): [number, number] => [Math.floor(count / 2), Math.ceil(count / 2)];
  return {
    ...input,
    mail: {
      ...mail,
      reports: mail.reports.flatMap((report) =>
        halves(report.messages).map((messages) => ({ ...report, messages })),
      ),
      reporterDays: mail.reporterDays.flatMap((told) => {
        const aligned = halves(told.dmarcAligned);
        return halves(told.messages).map((messages, half) => ({
          ...{ ...told, messages },
          dmarcAligned: aligned[half] ?? 0,
        }));
      }),
    },
    streamReporterDays: input.streamReporterDays.flatMap((told) =>
      halves(told.messages).map((messages) => ({ ...told, messages })),
    ),
  };
}

/** One address for each stream of a network whose customers share nothing. */
function addressesOf({ mail }: VerdictInput): StreamAddress[] {
  return mail.streams
    .filter(({ network }) => network.kind === 'as')
    .map(({ id, network, days, messages }) => ({
      streamId: id,
      addressId: 10 * Number(network.id.slice(3)),
      messages: messages.reduce((sum, count) => sum + count, 0),
      activeDays: days.length,
    }));
}

function splitInBlock(address: StreamAddress, parts: number): StreamAddress[] {
  return Array.from({ length: parts }, (_, part) => ({
    ...address,
    addressId: address.addressId + part,
    messages: Math.floor(address.messages / parts) + (part < address.messages % parts ? 1 : 0),
  })).filter(({ messages }) => messages > 0);
}
