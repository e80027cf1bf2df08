import type { Connection } from '../connection.ts';
import { dayRangeOf, daysOf, isTimed, sharesByDay } from '../days.ts';
import { profileOfBody } from '../profile-body.ts';
import { profileHash } from '../profile-hash.ts';
import type { SourceNaming } from '../source-naming.ts';
import type { Finding } from './ledger-rules.ts';
import { byDayOfSpan, byReporter, compareSums, type SumRow } from './sum-comparison.ts';

/**
 * Every sum made again from the rows of counted reports and compared, to the unit. Slower than keeping
 * them, and another way: all messages by domain, address, day, shape and reporter first, and each sum
 * from these.
 */
export function brokenSums(database: Connection, naming: SourceNaming): Finding[] {
  gatherParts(database);
  gatherSigns(database, naming);
  return COMPARED.flatMap(({ what, again, stored, spread }) => {
    const expected = database.prepare<[], SumRow>(again).raw().iterate();
    const kept = database.prepare<[], SumRow>(stored).raw().iterate();
    return compareSums(what, expected, spread === undefined ? kept : spread(kept));
  });
}

/** Messages of counted reports by all that any sum is keyed by, as far as days go whole. */
function gatherParts(database: Connection): void {
  database.exec(/* sql */ `
    CREATE TEMP TABLE part (
      domain INTEGER, address INTEGER, day INTEGER, shape INTEGER, timed INTEGER,
      reporter INTEGER, messages INTEGER
    );
    CREATE TEMP TABLE report_days (
      report_id INTEGER PRIMARY KEY, day INTEGER, timed INTEGER NOT NULL
    );
  `);
  const reports = database.prepare<
    [after: number],
    { id: number; begin: number | null; end: number | null }
  >(/* sql */ `
    SELECT id, begin_seconds AS begin, end_seconds AS end FROM report
    WHERE counted = 1 AND id > ? ORDER BY id LIMIT 5000
  `);
  const note = database.prepare<[id: number, day: number | null, timed: number]>(
    'INSERT INTO temp.report_days VALUES (?, ?, ?)',
  );
  for (let some = reports.all(0); some.length > 0; some = reports.all(some.at(-1)?.id ?? 0)) {
    database.transaction(() => {
      for (const { id, begin, end } of some) {
        const days = daysOf(begin, end);
        const { firstDay } = dayRangeOf(days);
        const day = days.kind === 'spread' ? null : (firstDay ?? -1);
        note.run(id, day, isTimed(begin, end) ? 1 : 0);
      }
    })();
  }
  database.exec(/* sql */ `
    INSERT INTO temp.part
    SELECT r.policy_domain_id, c.address_id, w.day, ifnull(f.shape_id, f.id), w.timed,
           r.reporter_id, sum(c.message_count)
    FROM temp.report_days AS w
    JOIN report AS r ON r.id = w.report_id
    JOIN record AS c ON c.report_id = r.id
    JOIN profile AS f ON f.id = c.profile_id
    WHERE w.day IS NOT NULL AND c.message_count > 0
    GROUP BY 1, 2, 3, 4, 5, 6
  `);
  gatherSpread(database);
}

interface SpreadRow {
  domain: number;
  address: number;
  shape: number;
  timed: number;
  reporter: number;
  begin: number;
  end: number;
  count: number;
}

/** Rows of reports over several days, each spread by itself. */
function gatherSpread(database: Connection): void {
  const rows = database.prepare<[reportId: number], SpreadRow>(/* sql */ `
    SELECT r.policy_domain_id AS domain, c.address_id AS address,
           ifnull(f.shape_id, f.id) AS shape, w.timed, r.reporter_id AS reporter,
           r.begin_seconds AS begin, r.end_seconds AS end, c.message_count AS count
    FROM temp.report_days AS w
    JOIN report AS r ON r.id = w.report_id
    JOIN record AS c ON c.report_id = r.id
    JOIN profile AS f ON f.id = c.profile_id
    WHERE w.report_id = ?
  `);
  const reports = database
    .prepare<[], number>('SELECT report_id FROM temp.report_days WHERE day IS NULL')
    .pluck();
  const add = database.prepare<number[]>('INSERT INTO temp.part VALUES (?, ?, ?, ?, ?, ?, ?)');
  for (const reportId of reports.all()) {
    const spread = rows.all(reportId);
    database.transaction(() => {
      for (const { domain, address, shape, timed, reporter, begin, end, count } of spread)
        for (const [day, messages] of sharesByDay(daysOf(begin, end), count))
          add.run(domain, address, day, shape, timed, reporter, messages);
    })();
  }
}

/** What services each profile speaks for, by today's catalogue; a damaged one is told of elsewhere. */
function gatherSigns(database: Connection, naming: SourceNaming): void {
  database.exec('CREATE TEMP TABLE profile_sign (profile INTEGER, service TEXT, by TEXT)');
  const profiles = database.prepare<[after: number], { id: number; hash: number; body: string }>(
    'SELECT id, hash, body FROM profile WHERE id > ? ORDER BY id LIMIT 5000',
  );
  const add = database.prepare<[number, string, string]>(
    'INSERT INTO temp.profile_sign VALUES (?, ?, ?)',
  );
  for (let some = profiles.all(0); some.length > 0; some = profiles.all(some.at(-1)?.id ?? 0)) {
    database.transaction(() => {
      for (const { id, hash, body } of some) {
        if (profileHash(body) !== hash) continue;
        for (const { service, by } of naming.signsOf(profileOfBody(body))) add.run(id, service, by);
      }
    })();
  }
  database.exec('CREATE INDEX temp.profile_sign_by_profile ON profile_sign (profile)');
}

interface Compared {
  what: string;
  /** The sums made again, and those stored, both in the order of their keys. */
  again: string;
  stored: string;
  /** Where a stored sum is a text of parts: a row for each of them. */
  spread?: (rows: Iterable<SumRow>) => Generator<SumRow>;
}

const COMPARED: readonly Compared[] = [
  {
    what: 'sums by address and day differ from the rows',
    again: /* sql */ `
      SELECT domain, address, day, shape, timed, reporter, sum(messages) FROM temp.part
      GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6`,
    stored: /* sql */ `
      SELECT policy_domain_id, address_id, day, shape_id, timed, messages, reporters
      FROM address_day ORDER BY 1, 2, 3, 4, 5`,
    spread: byReporter,
  },
  {
    what: 'sums by source and day differ from the rows',
    again: /* sql */ `
      SELECT ifnull(t.id, 0), p.day, p.reporter, sum(p.messages)
      FROM temp.part AS p
      LEFT JOIN address_name AS a
        ON a.policy_domain_id = p.domain AND a.address_id = p.address
      LEFT JOIN stream AS t
        ON t.policy_domain_id = p.domain AND t.source_id = a.source_id
        AND t.shape_id = p.shape AND t.timed = p.timed
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    stored: 'SELECT stream_id, day, messages, reporters FROM stream_day ORDER BY 1, 2',
    spread: byReporter,
  },
  {
    what: 'sums by source, address and day of mail that is not aligned differ from the rows',
    again: /* sql */ `
      SELECT ifnull(t.id, 0), p.day >> 5, p.address, p.day & 31, sum(p.messages)
      FROM temp.part AS p
      JOIN profile AS f ON f.id = p.shape AND f.facet % 3 <> 1 AND f.facet / 3 % 3 <> 1
      LEFT JOIN address_name AS a
        ON a.policy_domain_id = p.domain AND a.address_id = p.address
      LEFT JOIN stream AS t
        ON t.policy_domain_id = p.domain AND t.source_id = a.source_id
        AND t.shape_id = p.shape AND t.timed = p.timed
      GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    stored: 'SELECT stream_id, span, address_id, days FROM unaligned_address ORDER BY 1, 2, 3',
    spread: byDayOfSpan,
  },
  {
    what: 'sums by reporter and day differ from the rows',
    again: /* sql */ `
      SELECT p.domain, p.day, p.reporter, f.facet, sum(p.messages)
      FROM temp.part AS p JOIN profile AS f ON f.id = p.shape
      GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    stored: /* sql */ `
      SELECT policy_domain_id, day, reporter_id, facet, messages FROM reporter_day
      WHERE messages > 0 ORDER BY 1, 2, 3, 4`,
  },
  {
    what: 'sums by which addresses are named differ from the rows',
    again: /* sql */ `
      SELECT r.policy_domain_id, c.address_id, s.service, s.by, sum(c.message_count)
      FROM report AS r
      JOIN record AS c ON c.report_id = r.id
      JOIN temp.profile_sign AS s ON s.profile = c.profile_id
      WHERE r.counted = 1 AND c.message_count > 0
      GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    stored: /* sql */ `
      SELECT policy_domain_id, address_id, service, by, messages FROM address_sign
      ORDER BY 1, 2, 3, 4`,
  },
];
