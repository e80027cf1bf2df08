import type { PolicyPublished, Profile } from '../../../../ingest/report.ts';
import { shapeOf } from '../../../../ingest/shape.ts';
import { dayNumber, weekdayOf } from './days.ts';
import { dkimOf, isAlignedByEye, reasonOf, spfOf } from './results.ts';
import type { MailRow, Story } from './story.ts';

/** Messages of one row on one day. */
export interface Count {
  row: MailRow;
  day: number;
  messages: number;
  shape: Profile;
}

export function countsOf(row: MailRow, story: Story): Count[] {
  return daysOf(row, story.at).map((day) => ({
    row,
    day,
    messages: row.messages,
    shape: shapeOn(row, story.domain, story.policyOn(day)),
  }));
}

function daysOf({ days = [-29, 0], on, weekdays }: MailRow, at: number): number[] {
  if (on !== undefined) return on.map((day) => dayNumber(day, at)).sort((a, b) => a - b);
  const first = dayNumber(days[0], at);
  const last = dayNumber(days[1], at);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(
    (day) => weekdays?.includes(weekdayOf(day)) ?? true,
  );
}

function shapeOn(row: MailRow, domain: string, policy: PolicyPublished): Profile {
  const headerFrom = row.from ?? domain;
  const dkim = (row.dkim ?? []).map(dkimOf);
  const spf = (row.spf ?? []).map(spfOf);
  const reasons = (row.reasons ?? []).map(reasonOf);
  const passed = ({ result }: { result: string | null }) => result === 'pass';
  const adkim = policy.adkim ?? 'relaxed';
  const aspf = policy.aspf ?? 'relaxed';
  const dkimAligned =
    row.dkimAligned === undefined
      ? dkim.filter(passed).some((one) => isAlignedByEye(one.domain, headerFrom, adkim))
      : row.dkimAligned;
  const spfAligned =
    row.spfAligned === undefined
      ? spf.filter(passed).some((one) => isAlignedByEye(one.domain, headerFrom, aspf))
      : row.spfAligned;
  const asked = headerFrom === domain ? policy.p : (policy.sp ?? policy.p);
  const acted = dkimAligned !== true && spfAligned !== true && reasons.length === 0;
  const mailFrom = spf.find(({ scope }) => scope === 'mfrom')?.domain ?? null;
  return shapeOf({
    policyEvaluated: {
      disposition: row.disposition ?? (acted ? asked : 'none'),
      ...{ dkimAligned, spfAligned, reasons },
    },
    identifiers: {
      headerFrom,
      envelopeFrom: row.envelopeFrom === undefined ? mailFrom : row.envelopeFrom,
      envelopeTo: null,
    },
    ...{ dkim, spf },
  });
}
