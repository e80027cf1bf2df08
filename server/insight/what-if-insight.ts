import type { PolicyPublished } from '../../ingest/report.ts';
import { candidateInForce } from '../analysis/what-if/candidate.ts';
import { whatIf } from '../analysis/what-if.ts';
import type { Candidate, DifferenceKind } from '../analysis/what-if-types.ts';
import type { StoreReader } from '../store/store.ts';
import type { DomainAnalysis } from './analysis-loader.ts';
import type { WhatIfInsight } from './insight.ts';
import type { Days } from './source-sums.ts';

/** The candidate against the mail of a window; what it leaves open stays as it is in force. */
export async function whatIfInsight(
  reader: StoreReader,
  { mail, classification, dns }: DomainAnalysis,
  policy: PolicyPublished | null,
  wanted: Partial<Candidate>,
  window: Days,
): Promise<WhatIfInsight> {
  const inForce = candidateInForce(policy, dns);
  const result = whatIf(mail, classification, { ...inForce, ...wanted }, dns, window);
  const kindOf = new Map<number, DifferenceKind>();
  for (const { kind, streams } of result.differences)
    for (const index of streams) {
      const id = mail.streams[index]?.id;
      if (id !== undefined) kindOf.set(id, kind);
    }
  const told =
    kindOf.size === 0
      ? []
      : await reader.streamReporterDays([...kindOf.keys()], window.from, window.to);
  const sums = new Map<string, WhatIfInsight['differencesByReporter'][number]>();
  for (const { streamId, orgName, messages } of told) {
    const kind = kindOf.get(streamId);
    if (kind === undefined) continue;
    const sum = sums.get(`${kind} ${orgName}`) ?? { orgName, kind, messages: 0 };
    sums.set(`${kind} ${orgName}`, sum);
    sum.messages += messages;
  }
  const differencesByReporter = [...sums.values()].sort(
    (a, b) => b.messages - a.messages || (a.orgName < b.orgName ? -1 : 1),
  );
  return { inForce, result, differencesByReporter };
}
