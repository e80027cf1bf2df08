import type { VerdictInput } from '../../../../server/analysis/verdict.ts';
import type { GateId, Verdict } from '../../../../server/analysis/verdict-types.ts';
import { usualGapDays } from '../../../../server/analysis/verdict/expected-days.ts';
import { type MailSpec, storyOf } from '../mail/story.ts';
import { coveredRatio, policyDays, vouching } from './covered-days.ts';
import type { RawRecord } from './records.ts';
import { acted, aligned, failed, lowerBound, spfAlone, within } from './sums.ts';

/** The values of the gates for mail with the domain's own name in From, each from single records. */
export function gateValues(
  spec: MailSpec,
  { mail, words }: VerdictInput,
  records: readonly RawRecord[],
  verdict: Verdict,
): Partial<Record<GateId, number | null>> {
  const { window, lowVolume } = verdict;
  const { domain } = mail;
  const now = within(records, window);
  const own = now.filter((one) => one.class === 'own');
  const passing = aligned(own);
  const unknown = now.filter((one) => one.class === 'unknown');
  const asked = aligned(unknown) + failed(unknown, domain);
  const hit = failed(
    now.filter((one) => one.class === 'forwarder'),
    domain,
  );
  const unexplained = lowVolume
    ? failed(
        own.filter((one) => !isExplained(one, own, words)),
        domain,
      )
    : failed(own, domain);
  const judged = passing + unexplained;
  const days = [...new Set(vouching(records, mail.from).map(({ day }) => day))];
  const after = within(own, { from: afterStep(verdict), to: window.to });
  const harmed = acted(after);
  return {
    'time-at-policy': policyDays(spec, records),
    coverage:
      days.length === 0 ? null : coveredRatio(records, window, mail.from, usualGapDays(days)),
    classes: asked + passing === 0 ? null : asked / (asked + passing),
    'own-aligned': judged === 0 ? null : lowVolume ? passing / judged : lowerBound(passing, judged),
    'dkim-carries': passing === 0 ? null : spfAlone(own) / passing,
    'forwarding-loss': hit === 0 ? 0 : passing === 0 ? null : hit / passing,
    'after-step': harmed === 0 ? 0 : harmed / (harmed + aligned(after)),
  };
}

function isExplained(
  record: RawRecord,
  own: readonly RawRecord[],
  { fixed }: VerdictInput['words'],
): boolean {
  return fixed.some(
    ({ sourceId, day }) =>
      sourceId === record.sourceId &&
      record.day < day &&
      aligned(own.filter((one) => one.sourceId === sourceId && one.day >= day)) > 0,
  );
}

function afterStep({ policy, window }: Verdict): number {
  const since = policy?.sinceDay ?? null;
  return since === null ? window.from : Math.max(window.from, since + 3);
}

/** Is the mail little: too few judged own messages in thirty days for the bound of the next rung? */
export function isLittle(
  spec: MailSpec,
  records: readonly RawRecord[],
  rung: 'none' | 'quarantine' | 'reject',
): boolean {
  const { at, domain } = storyOf(spec);
  const own = within(records, { from: at - 29, to: at }).filter((one) => one.class === 'own');
  return aligned(own) + failed(own, domain) < (rung === 'none' ? 189 : 765);
}
