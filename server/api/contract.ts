import { type Static, Type } from 'typebox';
import { Count, Exact, Nullable, Seconds } from './contract-base.ts';

/** What reads mail, as pages are told of it: mailboxes, imports, progress, health. */
export const ImportParams = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 255 }) },
  Exact,
);

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

/** What happens to the mail of a report once the report is stored; other mail is never touched. */
export const AfterChoiceSchema = Type.Union([
  Type.Object({ kind: Type.Literal('leave') }, Exact),
  /** Gets the flag \\Seen. */
  Type.Object({ kind: Type.Literal('mark') }, Exact),
  Type.Object(
    {
      kind: Type.Literal('move'),
      folder: Type.String({ minLength: 1, maxLength: 1024 }),
      /** Make the folder where it is missing. */
      create: Type.Boolean(),
    },
    Exact,
  ),
  /** Days of 24 hours since the report was stored. */
  Type.Object(
    { kind: Type.Literal('delete'), days: Type.Integer({ minimum: 1, maximum: 3650 }) },
    Exact,
  ),
]);
export type AfterChoice = Static<typeof AfterChoiceSchema>;

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
    /** Of the messages: those that were no report and are listed in the ledger no longer. */
    letGo: Count,
  }),
  after: Type.Object({
    choice: AfterChoiceSchema,
    marked: Count,
    moved: Count,
    deleted: Count,
    /** Messages that are not surely those that were committed, and so are never touched. */
    leftAlone: Count,
    /** Why mail is left where it is although something else was chosen. */
    problem: Nullable(
      Type.Object({
        code: Type.String(),
        message: Type.String(),
        advice: Type.String(),
        sinceSeconds: Seconds,
      }),
    ),
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
    /** Absent: as it was, and at first left as it is. */
    after: Type.Optional(AfterChoiceSchema),
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
    /** What stands in the way of what was chosen for stored reports, as far as a look can tell. */
    afterProblem: Nullable(Type.Object({ message: Type.String(), advice: Type.String() })),
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
  /** null: the database cannot be read; `attention` says why. */
  schemaVersion: Type.Union([Type.Integer(), Type.Null()]),
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
