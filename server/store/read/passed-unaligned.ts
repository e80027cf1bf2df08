import type { Profile } from '../../../ingest/report.ts';
import type { Connection } from '../connection.ts';
import { profileOfBody } from '../profile-body.ts';
import type { SourceSummary } from '../store.ts';

type Passed = SourceSummary['passedUnaligned'][number];
type Sign = Omit<Passed, 'messages'>;

const SHOWN = 3;
/** The least facet that says "passed and not aligned" (ingest/outcome.ts). */
const FIRST_UNALIGNED_FACET = 45;

/** By source row: what passed for another domain than the author's, most messages first. */
export function createPassedUnaligned(
  database: Connection,
): (bounds: { domain: string; from: number; to: number }) => Map<number, Passed[]> {
  const sums = database.prepare<
    { domain: string; from: number; to: number; facet: number },
    { row: number; body: string; messages: number }
  >(/* sql */ `
    SELECT t.source_id AS row, f.body, sum(s.messages) AS messages
    FROM policy_domain AS d
    CROSS JOIN stream AS t ON t.policy_domain_id = d.id
    CROSS JOIN profile AS f ON f.id = t.shape_id AND f.facet >= @facet
    CROSS JOIN stream_day AS s ON s.stream_id = t.id AND s.day BETWEEN @from AND @to
    WHERE d.name = @domain
    GROUP BY t.id
  `);
  return (bounds) => {
    const bySource = new Map<number, Map<string, Passed>>();
    for (const { row, body, messages } of sums.all({ ...bounds, facet: FIRST_UNALIGNED_FACET })) {
      const passed = bySource.get(row) ?? new Map<string, Passed>();
      bySource.set(row, passed);
      for (const { by, domain } of signsOf(profileOfBody(body))) {
        const key = `${by} ${domain}`;
        const before = passed.get(key)?.messages ?? 0;
        passed.set(key, { by, domain, messages: before + messages });
      }
    }
    return new Map([...bySource].map(([row, passed]) => [row, mostFirst([...passed.values()])]));
  };
}

/** Each domain once, however many signatures it made on one message. */
function signsOf({ policyEvaluated, dkim, spf }: Profile): Sign[] {
  const passed = (results: readonly { domain: string | null; result: string | null }[]) =>
    new Set(results.flatMap(({ domain, result }) => (result === 'pass' ? (domain ?? []) : [])));
  return [
    ...(policyEvaluated.dkimAligned === true
      ? []
      : [...passed(dkim)].map((domain): Sign => ({ by: 'dkim', domain }))),
    ...(policyEvaluated.spfAligned === true
      ? []
      : [...passed(spf)].map((domain): Sign => ({ by: 'spf', domain }))),
  ];
}

const mostFirst = (passed: Passed[]): Passed[] =>
  passed
    .sort(
      (a, b) => b.messages - a.messages || (`${a.by} ${a.domain}` < `${b.by} ${b.domain}` ? -1 : 1),
    )
    .slice(0, SHOWN);
