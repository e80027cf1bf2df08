import type { Insight, SourceList } from '../../../../server/insight/insight.ts';
import { aSnapshot } from './a-snapshot.ts';
import { aVerdict } from './a-verdict.ts';
import { CHANGES, compared } from './changes.ts';
import { classDays } from './days.ts';
import { detail, SOURCES } from './sources.ts';
import { day } from './tally-of.ts';
import { whatIfOf } from './what-if.ts';

const aSourceList = (): SourceList => ({
  sources: SOURCES,
  questions: [
    {
      sourceId: 'as:64501#as:sister.example',
      text: 'Example Cloud sends as sister.example on most days. Is it yours?',
      messages: 70,
    },
  ],
  headerFroms: [
    {
      domain: 'example.org',
      messages: 12_900,
      dmarcAligned: 2400,
      ownMessages: 2780,
      ownAligned: 2300,
    },
    {
      domain: 'news.example.org',
      messages: 133,
      dmarcAligned: 132,
      ownMessages: 129,
      ownAligned: 101,
    },
  ],
});

/** What is known of example.org, and nothing of any other domain. */
export function anInsight(domain = 'example.org'): Insight {
  const only = <T>(asked: string, value: () => T): Promise<T | null> =>
    Promise.resolve(asked === domain ? value() : null);
  const find = (id: string) => SOURCES.find((sums) => sums.source.id === id);
  return {
    verdict: (asked, { at, offline }) => only(asked, () => aVerdict(domain, at, offline)),
    sources: (asked) => only(asked, aSourceList),
    sourcesAt: (asked) => only(asked, aSourceList),
    source: async (asked, id) => {
      const found = find(id);
      return found === undefined ? null : only(asked, () => detail(found));
    },
    days: async (asked, id, range) =>
      id !== null && find(id) === undefined
        ? null
        : only(asked, () => classDays(range, id === null ? 1 : 0.1)),
    whatIf: (asked, candidate) => only(asked, () => whatIfOf(domain, candidate)),
    changes: (asked) => only(asked, () => CHANGES),
    beforeAfter: (asked, around) => only(asked, () => compared(around)),
    dns: (asked) =>
      only(asked, () => ({
        newest: aSnapshot(domain),
        history: [
          {
            askedSeconds: Date.UTC(2026, 10, 3, 4) / 1000,
            changes: ['MX changed from mail.example.org to smtp.google.com.'],
          },
          { askedSeconds: Date.UTC(2026, 9, 20, 4) / 1000, changes: [] },
        ],
        unusedIncludes: [
          { include: 'spf.old-host.example', lookups: 2, lastUsedDay: day('2026-07-14') },
        ],
      })),
  };
}
