import { type Static, Type } from 'typebox';
import { Count, Cursor, Exact, Limit, Nullable, Seconds } from './contract-base.ts';

/** What became of every message seen. */
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

/** What became of each refused part of a message that was tried again. */
export const LedgerRetryResponse = Type.Object({
  retried: Type.Array(
    Type.Object({
      /** File name or MIME part; '' for the whole message. */
      part: Type.String(),
      outcome: Type.Union([
        Type.Literal('counted'),
        Type.Literal('another-version'),
        Type.Literal('known-before'),
        Type.Literal('no-report'),
        Type.Literal('refused-again'),
        Type.Literal('fetched-at-next-poll'),
        Type.Literal('import-again'),
        Type.Literal('mailbox-removed'),
        Type.Literal('looked-at-anew'),
      ]),
      /** Why it was refused before, or is again; '' where nothing says. */
      reason: Type.String(),
    }),
  ),
});
export type LedgerRetryResponse = Static<typeof LedgerRetryResponse>;
