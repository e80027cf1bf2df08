import { type Static, Type } from 'typebox';
import {
  Count,
  Cursor,
  Day,
  Exact,
  Limit,
  Nullable,
  PolicySchema,
  Seconds,
} from './contract-base.ts';

/** Single reports, their rows, and lists of them. */
export const ReportsQuery = Type.Object(
  {
    from: Type.Optional(Day),
    to: Type.Optional(Day),
    domain: Type.Optional(Type.String({ maxLength: 255 })),
    org: Type.Optional(Type.String({ maxLength: 1024 })),
    source: Type.Optional(Type.String({ maxLength: 300 })),
    address: Type.Optional(Type.String({ maxLength: 45 })),
    cursor: Type.Optional(Cursor),
    limit: Type.Optional(Limit),
  },
  Exact,
);
export type ReportsQuery = Static<typeof ReportsQuery>;

const ReportSummarySchema = Type.Object({
  id: Type.Integer(),
  orgName: Type.String(),
  reportId: Type.String(),
  domain: Type.String(),
  beginSeconds: Nullable(Seconds),
  endSeconds: Nullable(Seconds),
  receivedSeconds: Seconds,
  records: Count,
  refusedRows: Count,
  messages: Count,
  dmarcAligned: Count,
  /** false: another version of the same report is counted. */
  counted: Type.Boolean(),
  warnings: Type.Array(Type.String()),
});

export const ReportsResponse = Type.Object({
  reports: Type.Array(ReportSummarySchema),
  nextCursor: Nullable(Type.String()),
});
export type ReportsResponse = Static<typeof ReportsResponse>;

export const ReportResponse = Type.Object({
  ...ReportSummarySchema.properties,
  email: Nullable(Type.String()),
  extraContactInfo: Nullable(Type.String()),
  generator: Nullable(Type.String()),
  errors: Type.Array(Type.String()),
  dialect: Type.String(),
  version: Nullable(Type.String()),
  policyPublished: PolicySchema,
  contentSha256: Type.String(),
  refusedRowDetails: Type.Array(
    Type.Object({ position: Count, reason: Type.String(), detail: Type.String() }),
  ),
  /** When its rows were removed because the user asked for it; null: they are there. */
  forgottenSeconds: Nullable(Seconds),
  versions: Type.Array(
    Type.Object({ id: Type.Integer(), counted: Type.Boolean(), contentSha256: Type.String() }),
  ),
  arrivals: Type.Array(
    Type.Object({
      mailboxId: Type.Integer(),
      mailbox: Type.String(),
      uid: Type.Integer(),
      name: Type.String(),
      part: Type.String(),
    }),
  ),
});
export type ReportResponse = Static<typeof ReportResponse>;

export const RowsQuery = Type.Object(
  {
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    limit: Type.Optional(Limit),
  },
  Exact,
);
export type RowsQuery = Static<typeof RowsQuery>;

export const RowsResponse = Type.Object({
  rows: Type.Array(
    Type.Object({
      position: Count,
      sourceIp: Type.String(),
      sourceId: Type.String(),
      sourceName: Type.String(),
      count: Count,
      profile: Type.Object({
        policyEvaluated: Type.Object({
          disposition: Nullable(Type.String()),
          dkimAligned: Nullable(Type.Boolean()),
          spfAligned: Nullable(Type.Boolean()),
          reasons: Type.Array(
            Type.Object({ type: Nullable(Type.String()), comment: Nullable(Type.String()) }),
          ),
        }),
        identifiers: Type.Object({
          headerFrom: Nullable(Type.String()),
          envelopeFrom: Nullable(Type.String()),
          envelopeTo: Nullable(Type.String()),
        }),
        dkim: Type.Array(
          Type.Object({
            domain: Nullable(Type.String()),
            selector: Nullable(Type.String()),
            result: Nullable(Type.String()),
            humanResult: Nullable(Type.String()),
          }),
        ),
        spf: Type.Array(
          Type.Object({
            domain: Nullable(Type.String()),
            scope: Nullable(Type.String()),
            result: Nullable(Type.String()),
            humanResult: Nullable(Type.String()),
          }),
        ),
      }),
    }),
  ),
});
export type RowsResponse = Static<typeof RowsResponse>;
