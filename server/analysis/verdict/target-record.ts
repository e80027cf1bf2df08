import { changedDmarcRecord, type DmarcChanges } from '../../records/change-dmarc-record.ts';
import { checkDmarcRecord, recordOf, writeDmarcRecord } from '../../records/dmarc-record.ts';
import { severityOf } from '../../records/findings.ts';
import type { Findings } from './case.ts';
import { explicitSp, ownRecord } from './published.ts';

/** Stands for what reports do not tell and the user keeps. */
export const KEEP_RUA = 'rua=<keep yours>';

/**
 * The record with the changes: complete where today's was read from DNS; else what reports tell of
 * it, with `rua=<keep yours>`. null where the result would not be accepted.
 */
export function targetRecord(findings: Findings, changes: DmarcChanges): string | null {
  const record = ownRecord(findings);
  const text =
    record === null
      ? fromReports(findings, changes)
      : writeDmarcRecord(changedDmarcRecord(record, changes));
  const complete = text.replace(KEEP_RUA, `rua=mailto:postmaster@${findings.mail.domain}`);
  const isRefused = checkDmarcRecord(complete).some(({ id }) => severityOf(id) === 'blocks');
  return isRefused ? null : text;
}

/** The record in force, to go back to. */
export function presentRecord(findings: Findings): string {
  const { record, texts } = findings.dns?.dmarc ?? { record: null, texts: [] };
  return record === null ? fromReports(findings, {}) : (texts[0] ?? writeDmarcRecord(record));
}

/** Only what differs from the defaults, so that nothing is published that was not there. */
function fromReports(findings: Findings, changes: DmarcChanges): string {
  const { policy, force } = findings.policy;
  const sp = explicitSp(findings);
  const present: [string, string | null][] = [
    ['v', 'DMARC1'],
    ['p', force.p],
    ['sp', sp],
    ['np', policy.np === (policy.sp ?? policy.p) ? null : policy.np],
    ['t', force.testing ? 'y' : null],
    ['adkim', policy.adkim === 'strict' ? 's' : null],
    ['aspf', policy.aspf === 'strict' ? 's' : null],
    ['pct', force.pct < 100 ? String(force.pct) : null],
  ];
  const tags = present.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
  return `${writeDmarcRecord(changedDmarcRecord(recordOf(tags), changes))}; ${KEEP_RUA}`;
}
