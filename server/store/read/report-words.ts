import type { PolicyPublished } from '../../../ingest/report.ts';
import type { Connection } from '../connection.ts';
import { POLICY_COLUMNS, policyOf, type PolicyRow } from './policy-columns.ts';

/** What reports refer to by row, each row read once for one answer. */
export interface ReportWords {
  policy(id: number): PolicyPublished;
  email(detailsId: number): string | null;
  orgName(reporterId: number): string;
}

export function createReportWords(database: Connection): () => ReportWords {
  const policy = database.prepare<[id: number], PolicyRow>(/* sql */ `
    SELECT ${POLICY_COLUMNS} FROM policy AS p JOIN policy_domain AS d ON d.id = p.policy_domain_id
    WHERE p.id = ?
  `);
  const email = database
    .prepare<[id: number], string | null>('SELECT email FROM reporter_details WHERE id = ?')
    .pluck();
  const orgName = database
    .prepare<[id: number], string>('SELECT org_name FROM reporter WHERE id = ?')
    .pluck();
  return () => ({
    policy: once((id) => policyOf(there(policy.get(id)))),
    email: once((id) => there(email.get(id))),
    orgName: once((id) => there(orgName.get(id))),
  });
}

function once<T extends object | string | null>(read: (id: number) => T): (id: number) => T {
  const known = new Map<number, T>();
  return (id) => {
    let value = known.get(id);
    if (value === undefined) known.set(id, (value = read(id)));
    return value;
  };
}

function there<T>(row: T | undefined): T {
  if (row === undefined) throw new Error('A report refers to a row that is not in the store.');
  return row;
}
