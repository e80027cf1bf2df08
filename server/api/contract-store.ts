import { type Static, Type } from 'typebox';
import { Count, Nullable, Seconds } from './contract-base.ts';

/** The store itself: how large it is, what it keeps for how long, and what was last done for its safety. */
const Days = Nullable(Type.Integer({ minimum: 1 }));

export const StoreResponse = Type.Object({
  bytes: Count,
  /** Of them, free for what comes next. */
  freeBytes: Count,
  reports: Count,
  /** Reports whose records were removed because the user asked for it; not among `reports`. */
  forgottenReports: Count,
  /** Documents whose XML is kept. */
  kept: Count,
  /** For how many days something is kept; null: for ever. */
  keepDays: Type.Object({ xml: Days, refused: Days, otherMail: Days }),
  /** What was last let go by age. */
  letGone: Nullable(
    Type.Object({ endedSeconds: Seconds, xml: Count, refused: Count, otherMail: Count }),
  ),
  /** The last time that everything was read again and compared. */
  verified: Nullable(
    Type.Object({
      endedSeconds: Seconds,
      reports: Count,
      withoutBytes: Count,
      /** What differs; empty where all is as it was read. */
      findings: Type.Array(
        Type.Object({ what: Type.String(), count: Count, advice: Type.String() }),
      ),
    }),
  ),
  /** Since when that is being done; null: it is not. */
  verifyingSinceSeconds: Nullable(Seconds),
  /** Why it could not be done to its end, since the program started. */
  verifyProblem: Nullable(Type.String()),
  backup: Nullable(
    Type.Object({ endedSeconds: Seconds, file: Type.String(), reports: Count, bytes: Count }),
  ),
  /** What should be done about the program's place, each in words. */
  toDo: Type.Array(Type.Object({ part: Type.String(), seen: Type.String(), todo: Type.String() })),
});
export type StoreResponse = Static<typeof StoreResponse>;
