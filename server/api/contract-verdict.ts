import { type Static, Type } from 'typebox';
import {
  Count,
  Day,
  DispositionSchema,
  Exact,
  Nullable,
  PolicySchema,
  Range,
  Seconds,
  SumsSchema,
} from './contract-base.ts';
import { MailClassSchema, QuestionSchema } from './contract-sources.ts';

/** When the policy of a domain can be tightened, and what stands in the way. */
const Flag = Type.Union([Type.Literal('true'), Type.Literal('false')]);

export const VerdictQuery = Type.Object(
  {
    /** Reports whose end is not after the end of that day; without it, yesterday. */
    at: Type.Optional(Day),
    /** 'true' leaves DNS out: its gates are `not-asked`. */
    offline: Type.Optional(Flag),
  },
  Exact,
);
export type VerdictQuery = Static<typeof VerdictQuery>;

export const GateIdSchema = Type.Union([
  Type.Literal('time-at-policy'),
  Type.Literal('rhythm'),
  Type.Literal('coverage'),
  Type.Literal('classes'),
  Type.Literal('own-aligned'),
  Type.Literal('dkim-carries'),
  Type.Literal('forwarding-loss'),
  Type.Literal('after-step'),
  Type.Literal('dns'),
  Type.Literal('testing-honoured'),
]);

export const WaiverSchema = Type.Object({
  by: Type.String(),
  day: Day,
  reason: Type.String(),
  /** Last day on which it holds. */
  until: Day,
});

const GateSchema = Type.Object({
  id: GateIdSchema,
  state: Type.Union([
    Type.Literal('met'),
    Type.Literal('not-met'),
    Type.Literal('not-enough-data'),
    Type.Literal('accepted'),
    Type.Literal('not-asked'),
  ]),
  value: Nullable(Type.Number()),
  threshold: Nullable(Type.Number()),
  /** What was found, with its numbers, and what to do where it is not met. */
  detail: Type.String(),
  /** Sources that hold the gate open. */
  sources: Type.Array(Type.String()),
  waiver: Nullable(WaiverSchema),
});
export type GateResponse = Static<typeof GateSchema>;

const VerdictPolicySchema = Type.Object({
  ...PolicySchema.properties,
  /** The rung that counts: pct < 100 or t=y is the lower one. */
  rung: DispositionSchema,
  since: Nullable(Day),
  /** Where reporters disagree, or DNS says otherwise today. */
  disputed: Nullable(Type.String()),
});

const RollBackSchema = Type.Object({
  oldRecord: Nullable(Type.String()),
  ttlSeconds: Nullable(Seconds),
  waitSeconds: Nullable(Seconds),
  watch: Type.String(),
  bound: Type.String(),
  until: Day,
});
export type RollBackResponse = Static<typeof RollBackSchema>;

export const VerdictResponse = Type.Object({
  domain: Type.String(),
  /** Last day looked at. */
  at: Day,
  /** As in the newest reports; null without data. */
  policy: Nullable(VerdictPolicySchema),
  verdict: Type.Union([
    Type.Literal('stay'),
    Type.Literal('advance'),
    Type.Literal('go-back'),
    Type.Literal('no-data'),
  ]),
  sentence: Type.String(),
  /** What to publish; null: change nothing. */
  record: Nullable(Type.String()),
  change: Nullable(Type.String()),
  /** First day on which the answer can change. */
  earliest: Nullable(Day),
  lowVolume: Type.Boolean(),
  highestFailureRatio: Nullable(Type.Number()),
  window: Range,
  gates: Type.Array(GateSchema),
  blockers: Type.Array(
    Type.Object({
      source: Type.String(),
      name: Type.String(),
      reason: Type.String(),
      messages: Count,
      gates: Type.Array(GateIdSchema),
    }),
  ),
  own: SumsSchema,
  forwarded: SumsSchema,
  unauthorised: SumsSchema,
  unknown: SumsSchema,
  sources: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      class: MailClassSchema,
      ...SumsSchema.properties,
      /** Judged and not aligned. */
      failed: Count,
      needsWork: Type.Boolean(),
      everyDays: Nullable(Count),
      /** 3/n of an own source without a failure. */
      highestFailureRatio: Nullable(Type.Number()),
      firstDay: Nullable(Day),
      lastDay: Nullable(Day),
    }),
  ),
  questions: Type.Array(QuestionSchema),
  notJudgedMessages: Count,
  listUsers: Type.Boolean(),
  blindSpots: Type.Array(Type.String()),
  rollBack: Nullable(RollBackSchema),
  notes: Type.Array(Type.String()),
});
export type VerdictResponse = Static<typeof VerdictResponse>;
