import type { Candidate, WhatIf } from '../../../../server/analysis/what-if-types.ts';
import type { WhatIfInsight } from '../../../../server/insight/insight.ts';
import { SOURCES } from './sources.ts';
import { day } from './tally-of.ts';

const IN_FORCE: Candidate = {
  p: 'none',
  sp: null,
  np: null,
  adkim: 'relaxed',
  aspf: 'relaxed',
  dropInclude: null,
  dropSelector: null,
};

/** Every failing message is hit by the policy that is tried. */
export function whatIfOf(domain: string, asked: Partial<Candidate>): WhatIfInsight {
  const candidate = { ...IN_FORCE, ...asked };
  const acts = candidate.p !== 'none';
  const hit = (failing: number) => ({
    quarantined: acts && candidate.p === 'quarantine' ? failing : 0,
    rejected: candidate.p === 'reject' ? failing : 0,
  });
  const sources = SOURCES.map(({ source: { id, name, class: own }, tally }) => ({
    sourceId: id,
    name,
    class: own,
    messages: tally.messages,
    failing: tally.messages - tally.dmarcAligned,
    ...hit(tally.messages - tally.dmarcAligned),
  }));
  const result: WhatIf = {
    domain,
    window: { from: day('2026-10-24'), to: day('2026-11-22') },
    candidate,
    sources,
    classes: (['own', 'forwarder', 'unauthorised', 'unknown'] as const).map((name) => ({
      class: name,
      messages: sum(sources, name, 'messages'),
      quarantined: sum(sources, name, 'quarantined'),
      rejected: sum(sources, name, 'rejected'),
    })),
    weeks: ['2026-10-19', '2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16'].flatMap(
      (monday) => [
        { monday: day(monday), class: 'own' as const, messages: 581, ...hit(101) },
        { monday: day(monday), class: 'forwarder' as const, messages: 36, ...hit(10) },
      ],
    ),
    sentence: acts
      ? `p=${candidate.p} would have cost 53 forwarded and 508 own messages in 30 days; all own ones from two senders.`
      : 'p=none costs nothing: every message is delivered as usual.',
    differences: [],
    notRecomputable: 12,
    governedElsewhere: 9,
    notes: ['Mail of news.example.org has a policy of its own.'],
  };
  return {
    inForce: IN_FORCE,
    result,
    differencesByReporter: [{ orgName: 'reporter.example', kind: 'override', messages: 3 }],
  };
}

const sum = <Key extends 'messages' | 'quarantined' | 'rejected'>(
  rows: readonly (Record<Key, number> & { class: string })[],
  name: string,
  key: Key,
): number => rows.filter((row) => row.class === name).reduce((total, row) => total + row[key], 0);
