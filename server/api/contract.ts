import { type Static, Type } from 'typebox';

/**
 * Shapes of every request and response of the API, from which validation, OpenAPI and the page's
 * types are made. Days are UTC, 'YYYY-MM-DD'; times are Unix seconds; counts are sums of `<count>`.
 */
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const Count = Type.Integer({ minimum: 0 });
const Seconds = Type.Integer();
const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });
const Exact = { additionalProperties: false };

export const RangeQuery = Type.Object({ from: Type.Optional(Day), to: Type.Optional(Day) }, Exact);
export type RangeQuery = Static<typeof RangeQuery>;

/** Of routes that take nothing after the question mark. */
export const NoQuery = Type.Object({}, Exact);

export const TallySchema = Type.Object({
  messages: Count,
  dmarcAligned: Count,
  dkimAligned: Count,
  spfAligned: Count,
  bothAligned: Count,
  dkimOnly: Count,
  spfOnly: Count,
  neither: Count,
  notStated: Count,
  unstated: Count,
  dkimPassUnaligned: Count,
  spfPassUnaligned: Count,
  dispositions: Type.Object({
    none: Count,
    quarantine: Count,
    reject: Count,
    pass: Count,
    unstated: Count,
  }),
});
export type TallyResponse = Static<typeof TallySchema>;

const DispositionSchema = Type.Union([
  Type.Literal('none'),
  Type.Literal('quarantine'),
  Type.Literal('reject'),
]);
const AlignmentModeSchema = Type.Union([Type.Literal('relaxed'), Type.Literal('strict')]);

export const PolicySchema = Type.Object({
  domain: Type.String(),
  p: Nullable(DispositionSchema),
  sp: Nullable(DispositionSchema),
  np: Nullable(DispositionSchema),
  adkim: Nullable(AlignmentModeSchema),
  aspf: Nullable(AlignmentModeSchema),
  pct: Nullable(Type.Integer()),
  fo: Nullable(Type.String()),
  testing: Nullable(Type.Boolean()),
  discoveryMethod: Nullable(Type.Union([Type.Literal('psl'), Type.Literal('treewalk')])),
});
export type PolicyResponse = Static<typeof PolicySchema>;

/** The range that was answered, with its defaults filled in: the last 30 full UTC days. */
const Range = Type.Object({ from: Day, to: Day });

export const DomainsResponse = Type.Object({
  range: Range,
  domains: Type.Array(
    Type.Object({
      domain: Type.String(),
      policyPublished: Nullable(PolicySchema),
      tally: TallySchema,
      reports: Count,
      reporters: Count,
      sources: Count,
      lastReportEndSeconds: Nullable(Seconds),
      /** The last 90 days, a day each; null is a day without a report. */
      trend: Type.Array(
        Type.Object({ day: Day, messages: Nullable(Count), dmarcAligned: Nullable(Count) }),
      ),
    }),
  ),
});
export type DomainsResponse = Static<typeof DomainsResponse>;

const SourceSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.Union([Type.Literal('service'), Type.Literal('as'), Type.Literal('block')]),
  evidence: Type.String(),
  tally: TallySchema,
  addresses: Count,
  firstDay: Nullable(Day),
  lastDay: Nullable(Day),
  passedUnaligned: Type.Array(
    Type.Object({
      by: Type.Union([Type.Literal('spf'), Type.Literal('dkim')]),
      domain: Type.String(),
      messages: Count,
    }),
  ),
});
export type SourceResponse = Static<typeof SourceSchema>;

export const DomainResponse = Type.Object({
  range: Range,
  domain: Type.String(),
  policyPublished: Nullable(PolicySchema),
  tally: TallySchema,
  reports: Count,
  lastReportEndSeconds: Nullable(Seconds),
  /** Counted, but its report named no usable date. */
  undated: TallySchema,
});
export type DomainResponse = Static<typeof DomainResponse>;

export const SourcesResponse = Type.Object({
  range: Range,
  sources: Type.Array(SourceSchema),
});
export type SourcesResponse = Static<typeof SourcesResponse>;

export const DaysResponse = Type.Object({
  range: Range,
  /** Every day of the range; `tally` is null on a day without a report. */
  days: Type.Array(Type.Object({ day: Day, tally: Nullable(TallySchema) })),
});
export type DaysResponse = Static<typeof DaysResponse>;

export const SourceDetailResponse = Type.Object({
  range: Range,
  source: SourceSchema,
  addresses: Type.Array(Type.Object({ sourceIp: Type.String(), tally: TallySchema })),
});
export type SourceDetailResponse = Static<typeof SourceDetailResponse>;

export const ReceiversResponse = Type.Object({
  range: Range,
  receivers: Type.Array(
    Type.Object({
      orgName: Type.String(),
      tally: TallySchema,
      reports: Count,
      lastReportEndSeconds: Nullable(Seconds),
    }),
  ),
});
export type ReceiversResponse = Static<typeof ReceiversResponse>;

const Cursor = Type.String({ maxLength: 64, pattern: '^[0-9.,:-]+$' });
/** Rows of a page where the query names no `limit`. */
export const PAGE_ROWS = 50;
const Limit = Type.Integer({ minimum: 1, maximum: 500, default: PAGE_ROWS });

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

// ---- mailboxes ------------------------------------------------------------------------------------

const SecuritySchema = Type.Union([
  Type.Literal('tls'),
  Type.Literal('starttls'),
  Type.Literal('plain'),
]);

/** How a mailbox is doing; `state` has a sentence on the page, `detail` may hold the server's own words. */
export const MailboxStateSchema = Type.Object({
  state: Type.Union([
    Type.Literal('starting'),
    Type.Literal('connecting'),
    Type.Literal('reading'),
    Type.Literal('up-to-date'),
    Type.Literal('waiting'),
    Type.Literal('failed'),
  ]),
  /** Set when `state` is `failed` or `waiting` after a failure. */
  problem: Nullable(
    Type.Object({ code: Type.String(), message: Type.String(), advice: Type.String() }),
  ),
  sinceSeconds: Seconds,
  lastLookSeconds: Nullable(Seconds),
  nextLookSeconds: Nullable(Seconds),
  progress: Nullable(
    Type.Object({
      seen: Count,
      total: Count,
      reports: Count,
      perSecond: Type.Number(),
      secondsLeft: Nullable(Type.Number()),
    }),
  ),
});
export type MailboxState = Static<typeof MailboxStateSchema>;

export const MailboxSchema = Type.Object({
  id: Type.Integer(),
  origin: Type.Union([Type.Literal('environment'), Type.Literal('stored'), Type.Literal('files')]),
  user: Type.String(),
  host: Type.String(),
  port: Type.Integer(),
  security: SecuritySchema,
  folder: Type.String(),
  /** null for the pseudo-mailbox of files. */
  status: Nullable(MailboxStateSchema),
  counts: Type.Object({
    messages: Count,
    pending: Count,
    unresolved: Count,
    setAside: Count,
    stored: Count,
    duplicate: Count,
    conflict: Count,
    refused: Count,
    notReport: Count,
  }),
});
export type MailboxResponse = Static<typeof MailboxSchema>;

export const MailboxesResponse = Type.Object({ mailboxes: Type.Array(MailboxSchema) });
export type MailboxesResponse = Static<typeof MailboxesResponse>;

export const MailboxForm = Type.Object(
  {
    user: Type.String({ minLength: 1, maxLength: 320 }),
    password: Type.String({ minLength: 1, maxLength: 1024 }),
    host: Type.String({ minLength: 1, maxLength: 253 }),
    port: Type.Integer({ minimum: 1, maximum: 65535 }),
    security: SecuritySchema,
    folder: Type.String({ minLength: 1, maxLength: 1024 }),
    /** PEM of a certificate authority to trust for this server alone. */
    caPem: Type.Optional(Type.String({ maxLength: 65536 })),
  },
  Exact,
);
export type MailboxForm = Static<typeof MailboxForm>;

export const MailboxTestResponse = Type.Union([
  Type.Object({
    ok: Type.Literal(true),
    /** Messages in the folder, and how many of the newest `lookedAt` have the structure of a report. */
    messages: Count,
    lookedAt: Count,
    reportLike: Count,
    folders: Type.Array(Type.String()),
  }),
  Type.Object({
    ok: Type.Literal(false),
    code: Type.String(),
    message: Type.String(),
    advice: Type.String(),
    /** Where the folder was not found: those that are there. */
    folders: Type.Array(Type.String()),
  }),
]);
export type MailboxTestResponse = Static<typeof MailboxTestResponse>;

export const IdParams = Type.Object({ id: Type.Integer({ minimum: 1 }) }, Exact);
export const DomainParams = Type.Object({ domain: Type.String({ maxLength: 255 }) }, Exact);
export const DomainSourceParams = Type.Object(
  { domain: Type.String({ maxLength: 255 }), source: Type.String({ maxLength: 300 }) },
  Exact,
);
export const ImportParams = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 255 }) },
  Exact,
);

export const LedgerQuery = Type.Object(
  {
    mailbox: Type.Optional(Type.Integer({ minimum: 1 })),
    outcome: Type.Optional(
      Type.Union([
        Type.Literal('stored'),
        Type.Literal('duplicate'),
        Type.Literal('conflict'),
        Type.Literal('not-a-report'),
        Type.Literal('refused'),
        Type.Literal('pending'),
        Type.Literal('unresolved'),
        Type.Literal('set-aside'),
      ]),
    ),
    cursor: Type.Optional(Cursor),
    limit: Type.Optional(Limit),
  },
  Exact,
);
export type LedgerQuery = Static<typeof LedgerQuery>;

export const LedgerResponse = Type.Object({
  rows: Type.Array(
    Type.Object({
      id: Type.Integer(),
      mailboxId: Type.Integer(),
      uidValidity: Type.String(),
      uid: Type.Integer(),
      name: Type.String(),
      state: Type.String(),
      attempts: Count,
      sizeBytes: Count,
      firstSeenSeconds: Seconds,
      decidedSeconds: Nullable(Seconds),
      documents: Type.Array(
        Type.Object({
          position: Count,
          part: Type.String(),
          name: Type.String(),
          outcome: Type.String(),
          reason: Nullable(Type.String()),
          detail: Nullable(Type.String()),
          reportId: Nullable(Type.Integer()),
        }),
      ),
    }),
  ),
  nextCursor: Nullable(Type.String()),
});
export type LedgerResponse = Static<typeof LedgerResponse>;

// ---- imports and progress -------------------------------------------------------------------------

/** What a run of import or poll did. documents = stored + duplicates + conflicts + refused + notReports. */
export const RunSummarySchema = Type.Object({
  mails: Count,
  documents: Count,
  stored: Count,
  duplicates: Count,
  conflicts: Count,
  refused: Count,
  notReports: Count,
  records: Count,
  refusedRows: Count,
  messages: Count,
  warnings: Type.Record(Type.String(), Count),
  seconds: Type.Number(),
  problems: Type.Array(
    Type.Object({
      file: Type.String(),
      member: Type.String(),
      reason: Type.String(),
      detail: Type.String(),
    }),
  ),
});
export type RunSummary = Static<typeof RunSummarySchema>;

export const ImportAccepted = Type.Object({ id: Type.String() });
export type ImportAccepted = Static<typeof ImportAccepted>;

export const HealthResponse = Type.Object({
  status: Type.Union([Type.Literal('ok'), Type.Literal('attention')]),
  version: Type.String(),
  schemaVersion: Type.Integer(),
  demo: Type.Boolean(),
  ingest: Type.Object({
    state: Type.Union([
      Type.Literal('running'),
      Type.Literal('restarting'),
      Type.Literal('stopped'),
    ]),
    restarts: Count,
  }),
  /** What someone should look at, in words, each with what to do. */
  attention: Type.Array(Type.String()),
});
export type HealthResponse = Static<typeof HealthResponse>;

/** Events of GET /api/events, as `event: NAME` with JSON `data`. */
export interface ServerEvents {
  /** The state of one mailbox changed, or its progress. */
  mailbox: { id: number; status: MailboxState };
  /** Progress of an upload or of a hand-over from the command line. */
  import: {
    id: string;
    name: string;
    done: boolean;
    seen: number;
    total: number | null;
    summary: RunSummary | null;
    /** Set when the import could not run at all. */
    problem: string | null;
  };
  /** New reports were committed: pages may ask again. At most one a second. */
  stored: { reports: number };
}

export const ErrorResponse = Type.Object({
  code: Type.String(),
  /** What happened and what to do. */
  message: Type.String(),
});
export type ErrorResponse = Static<typeof ErrorResponse>;
