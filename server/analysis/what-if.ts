import type { Profile } from '../../ingest/report.ts';
import type { DnsSnapshot } from '../records/dns-snapshot.ts';
import type { DomainMail } from '../store/domain-mail.ts';
import type { ClassifiedSource } from './classified.ts';
import { differencesOf } from './what-if/differences.ts';
import { type GoverningPolicy, governingPolicy } from './what-if/governing-policy.ts';
import { type IncludeEffect, includeEffect } from './what-if/include-effect.ts';
import { streamOutcome } from './what-if/stream-outcome.ts';
import { CLASSES, createWeeks, type Hit } from './what-if/weeks.ts';
import { whatIfNotes, whatIfSentence } from './what-if/what-if-words.ts';
import type { Candidate, WhatIf, WhatIfSource } from './what-if-types.ts';

interface Window {
  from: number;
  to: number;
}

type Sums = Pick<WhatIfSource, 'messages' | 'quarantined' | 'rejected'>;

/** What a candidate does to all mail of one stream. */
interface Judged {
  fails: boolean;
  isRecomputable: boolean;
  policy: GoverningPolicy;
}

/**
 * What a candidate policy would have done to the mail of a window, recomputed from raw results.
 * @param dns tells which names do not exist and what an include covers; null: nothing is known of either.
 * @param window days since 1970-01-01, UTC, both included; not before `mail.from`.
 */
export function whatIf(
  mail: DomainMail,
  classification: { sources: readonly ClassifiedSource[] },
  candidate: Candidate,
  dns: DnsSnapshot | null,
  window: Window,
): WhatIf {
  const include = includeEffect(candidate.dropInclude, dns);
  const judge = judgeOf(mail, candidate, dns, include);
  const weeks = createWeeks(window);
  const counted = { notRecomputable: 0, governedElsewhere: 0 };
  const sources = classification.sources.flatMap((source) => {
    const sums = { messages: 0, failing: 0, quarantined: 0, rejected: 0 };
    for (const index of source.streams) {
      const stream = mail.streams[index];
      if (stream === undefined) continue;
      const judged = judge(stream);
      const hit = hitBy(judged);
      const messages = weeks.add(stream, source.class, hit);
      addTo(sums, messages, hit);
      if (judged.fails) sums.failing += messages;
      if (!judged.isRecomputable) counted.notRecomputable += messages;
      if (judged.policy === 'elsewhere') counted.governedElsewhere += messages;
    }
    if (sums.messages === 0) return [];
    return [{ sourceId: source.id, name: source.name, class: source.class, ...sums }];
  });
  const classes = classSums(sources);
  return {
    domain: mail.domain,
    window: { from: window.from, to: window.to },
    candidate,
    sources: sources.sort(byHarm),
    classes,
    weeks: weeks.sums(),
    sentence: whatIfSentence(candidate, classes, window.to - window.from + 1),
    differences: differencesOf(mail, window),
    ...counted,
    notes: whatIfNotes({
      candidate,
      classes,
      ...counted,
      knowsNames: dns !== null,
      include: include.told,
    }),
  };
}

function judgeOf(
  mail: DomainMail,
  candidate: Candidate,
  dns: DnsSnapshot | null,
  include: IncludeEffect,
): (stream: DomainMail['streams'][number]) => Judged {
  const policyOf = governingPolicy({ ...mail, dns }, candidate);
  const selector = candidate.dropSelector?.toLowerCase() ?? null;
  const judgeShape = (spfDomain: string | null) =>
    remembered((shape: Profile): Judged => {
      const policy = policyOf(shape.identifiers.headerFrom);
      return { ...streamOutcome(shape, candidate, { selector, spfDomain }), policy };
    });
  const [usual, dropped] = [judgeShape(null), judgeShape(mail.domain)];
  return ({ shape, network }) => (include.networkIds.has(network.id) ? dropped : usual)(shape);
}

/** A shape comes from thousands of networks, and is judged once. */
function remembered<T>(judge: (shape: Profile) => T): (shape: Profile) => T {
  const known = new Map<Profile, T>();
  return (shape) => {
    let judged = known.get(shape);
    if (judged === undefined) known.set(shape, (judged = judge(shape)));
    return judged;
  };
}

function hitBy({ fails, policy }: Judged): Hit {
  return fails && (policy === 'quarantine' || policy === 'reject') ? policy : 'none';
}

function addTo(sums: Sums, messages: number, hit: Hit): void {
  sums.messages += messages;
  if (hit === 'quarantine') sums.quarantined += messages;
  if (hit === 'reject') sums.rejected += messages;
}

function classSums(sources: readonly WhatIfSource[]): WhatIf['classes'] {
  return CLASSES.map((name) => {
    const sums = { class: name, messages: 0, quarantined: 0, rejected: 0 };
    for (const source of sources) {
      if (source.class !== name) continue;
      sums.messages += source.messages;
      sums.quarantined += source.quarantined;
      sums.rejected += source.rejected;
    }
    return sums;
  });
}

/** Where the candidate does most harm first, stopped spoofing last; ties by size, then by id. */
function byHarm(a: WhatIfSource, b: WhatIfSource): number {
  const hit = ({ quarantined, rejected }: WhatIfSource) => quarantined + rejected;
  return (
    Number(a.class === 'unauthorised') - Number(b.class === 'unauthorised') ||
    hit(b) - hit(a) ||
    b.messages - a.messages ||
    (a.sourceId < b.sourceId ? -1 : 1)
  );
}
