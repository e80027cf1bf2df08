import { expect } from 'vitest';
import type { SnapshotOptions } from '../../../server/dns/snapshot.ts';
import { checkDmarcRecord } from '../../../server/records/dmarc-record.ts';
import type { DnsSnapshot, Finding } from '../../../server/records/dns-snapshot.ts';
import { severityOf } from '../../../server/records/findings.ts';
import { readSpfRecord } from '../../../server/records/spf-record.ts';
import { snapshotOf } from '../../dns/snapshot-of.ts';

/** One zone, what is read of it, and every finding about the parts looked at, in its order. */
export interface ZoneCase {
  title: string;
  /** example.com where left out. */
  domain?: string;
  zone: string;
  options?: Partial<SnapshotOptions>;
  facts: object;
  findings: string[];
  /** Value of the first correction that is given. */
  corrected?: string;
}

/** Takes the snapshot and compares it; `part` is the snapshot's key, `about` the findings looked at. */
export async function expectCase(
  { domain = 'example.com', zone, options, facts, findings, corrected }: ZoneCase,
  part: keyof DnsSnapshot,
  about: readonly Finding['about'][],
): Promise<void> {
  const snapshot = await snapshotOf(domain, zone, options);
  const found = snapshot.findings.filter((finding) => about.includes(finding.about));
  expect(snapshot[part]).toMatchObject(facts);
  expect(found.map(({ id }) => id)).toEqual(findings);
  for (const finding of snapshot.findings) expectWords(finding);
  const corrections = found.flatMap((finding) => finding.corrected ?? []);
  if (corrected !== undefined) expect(corrections.map(({ value }) => value)).toContain(corrected);
}

/** Every finding is a whole sentence, and every correction is itself without a fault that blocks. */
function expectWords({ text, corrected }: Finding): void {
  expect(text).not.toMatch(/(?<!%)\{\w+\}|undefined|\[object/);
  expect(text.length).toBeGreaterThan(10);
  if (corrected?.name.startsWith('_dmarc.') === true) expect(blocking(corrected.value)).toEqual([]);
  if (corrected?.value.startsWith('v=spf1') === true)
    expect(
      readSpfRecord(corrected.value).problems.filter(({ id }) => severityOf(id) === 'blocks'),
    ).toEqual([]);
}

const blocking = (text: string): string[] =>
  checkDmarcRecord(text)
    .map(({ id }) => id)
    .filter((id) => severityOf(id) === 'blocks');
