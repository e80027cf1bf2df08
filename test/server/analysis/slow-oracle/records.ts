import type { Profile } from '../../../../ingest/report.ts';
import type { VerdictInput } from '../../../../server/analysis/verdict.ts';
import type { MailClass } from '../../../../server/store/domain-mail.ts';
import { countsOf } from '../mail/counts.ts';
import { networkOf } from '../mail/network.ts';
import { toldBy } from '../mail/reports.ts';
import { type MailSpec, storyOf } from '../mail/story.ts';

/** One row of one report. */
export interface RawRecord {
  class: MailClass;
  sourceId: string;
  shape: Profile;
  timed: boolean;
  day: number;
  messages: number;
  /** Last part of the contact's domain after which names are sold: enough for the stories told. */
  operator: string | null;
}

/** Every record of a story; of reports that tell of no time the reporter is not told either. */
export function recordsOf(spec: MailSpec, input: VerdictInput): RawRecord[] {
  const story = storyOf(spec);
  const places = new Map(
    input.mail.streams.map(({ network, shape, timed }, index) => [
      JSON.stringify([network.id, shape, timed]),
      index,
    ]),
  );
  return story.rows.flatMap((row) =>
    countsOf(row, story)
      .filter(({ day }) => day <= story.at)
      .flatMap((count): RawRecord[] => {
        const timed = row.timed ?? true;
        const { id } = networkOf(row.source, story.domain);
        const place = places.get(JSON.stringify([id, count.shape, timed])) ?? -1;
        const source = input.classification.sources.find(({ streams }) => streams.includes(place));
        if (source === undefined) throw new Error(`no source for ${row.source}`);
        const base = { class: source.class, sourceId: source.id, shape: count.shape, timed };
        const { day, messages } = count;
        if (!timed) return [{ ...base, day, messages, operator: null }];
        return toldBy(count, story).map(({ reporter, messages: told }) => ({
          ...{ ...base, day, messages: told },
          operator: (reporter.email ?? reporter.org).replace(/^.*@/, '').toLowerCase(),
        }));
      }),
  );
}

export const isAligned = ({ shape }: RawRecord): boolean =>
  [shape.policyEvaluated.dkimAligned, shape.policyEvaluated.spfAligned].includes(true);

export const isActedOn = ({ shape }: RawRecord): boolean =>
  ['quarantine', 'reject'].includes(shape.policyEvaluated.disposition ?? '');

/** Neither passed nor failed: nothing was said, or only a DNS error kept it from passing. */
export function isNotJudged(record: RawRecord, domain: string): boolean {
  if (isAligned(record) || isActedOn(record)) return false;
  const { dkimAligned, spfAligned } = record.shape.policyEvaluated;
  if (dkimAligned === null && spfAligned === null) return true;
  const isUnder = (name: string | null): boolean => `.${name ?? ''}`.endsWith(`.${domain}`);
  return [...record.shape.dkim, ...record.shape.spf].some(
    (result) => result.result === 'temperror' && isUnder(result.domain),
  );
}
