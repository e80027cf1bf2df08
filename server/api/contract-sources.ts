import { type Static, Type } from 'typebox';
import { Count, Day, Nullable, Range, TallySchema } from './contract-base.ts';

/** Who sends: sources by class, one source, and days. */
export const MailClassSchema = Type.Union([
  Type.Literal('own'),
  Type.Literal('forwarder'),
  Type.Literal('unauthorised'),
  Type.Literal('unknown'),
]);
export type MailClassName = Static<typeof MailClassSchema>;

const NetworkSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.Union([
    Type.Literal('own-network'),
    Type.Literal('spf'),
    Type.Literal('service'),
    Type.Literal('ptr'),
    Type.Literal('as'),
    Type.Literal('block'),
  ]),
  /** What the name rests on, in words. */
  evidence: Type.String(),
});

export const SourceSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  /** Service or network, before the split by whom the mail speaks for. */
  network: NetworkSchema,
  split: Type.Object({
    kind: Type.Union([
      Type.Literal('own'),
      Type.Literal('forwarded'),
      Type.Literal('as'),
      Type.Literal('none'),
    ]),
    /** Of `as`: the organizational domain that the mail authenticates as. */
    domain: Nullable(Type.String()),
  }),
  class: MailClassSchema,
  /** The class with its shade: an own source below the next gate's threshold needs work. */
  classShown: Type.Union([MailClassSchema, Type.Literal('own-needs-work')]),
  /** Why it has its class, strongest first. */
  evidence: Type.Array(Type.Object({ rule: Type.String(), text: Type.String(), messages: Count })),
  /** The user's word, where it decided. */
  word: Nullable(Type.Object({ by: Type.String(), day: Day, note: Nullable(Type.String()) })),
  tally: TallySchema,
  /** null in lists: counting them would read all records of the domain. */
  addresses: Nullable(Count),
  firstDay: Nullable(Day),
  lastDay: Nullable(Day),
  /** What passed without being aligned, most messages first, at most 3. */
  passedUnaligned: Type.Array(
    Type.Object({
      by: Type.Union([Type.Literal('spf'), Type.Literal('dkim')]),
      domain: Type.String(),
      messages: Count,
    }),
  ),
  /** What to do, where it needs work. */
  advice: Nullable(Type.String()),
});
export type SourceResponse = Static<typeof SourceSchema>;

/** A question whose answer could change the verdict. */
export const QuestionSchema = Type.Object({
  source: Type.String(),
  text: Type.String(),
  messages: Count,
});
export type QuestionResponse = Static<typeof QuestionSchema>;

export const SourcesResponse = Type.Object({
  range: Range,
  sources: Type.Array(SourceSchema),
  /** Worth most first. */
  questions: Type.Array(QuestionSchema),
  /** Names in the From line, most messages first. */
  headerFroms: Type.Array(
    Type.Object({
      domain: Nullable(Type.String()),
      messages: Count,
      dmarcAligned: Count,
      ownMessages: Count,
      ownAligned: Count,
    }),
  ),
});
export type SourcesResponse = Static<typeof SourcesResponse>;

const DaySchema = Type.Object({
  day: Day,
  /** null on a day without a report. */
  tally: Nullable(TallySchema),
  /** Messages that others passed on, whatever their outcome. */
  forwarded: Count,
  /** Of them, those that failed DMARC. */
  forwardedFailing: Count,
  ownFailing: Count,
  unauthorised: Count,
  unknown: Count,
});

export const DaysResponse = Type.Object({
  range: Range,
  /** Every day of the range. */
  days: Type.Array(DaySchema),
});
export type DaysResponse = Static<typeof DaysResponse>;

export const SourceDetailResponse = Type.Object({
  range: Range,
  source: SourceSchema,
  /** Longest usual gap between days with mail. */
  everyDays: Nullable(Count),
  addresses: Type.Array(
    Type.Object({
      sourceIp: Type.String(),
      tally: TallySchema,
      pointer: Nullable(Type.String()),
      /** The name leads back to the address; else it is only a claim. */
      pointerConfirmed: Type.Boolean(),
      asName: Nullable(Type.String()),
    }),
  ),
  signatures: Type.Array(
    Type.Object({
      domain: Nullable(Type.String()),
      selector: Nullable(Type.String()),
      result: Nullable(Type.String()),
      messages: Count,
    }),
  ),
  returnPaths: Type.Array(
    Type.Object({
      domain: Nullable(Type.String()),
      result: Nullable(Type.String()),
      messages: Count,
    }),
  ),
  receivers: Type.Array(
    Type.Object({ orgName: Type.String(), messages: Count, dmarcAligned: Count }),
  ),
  /** Why receivers did something else than the policy asks. */
  reasons: Type.Array(Type.Object({ type: Nullable(Type.String()), messages: Count })),
  headerFroms: Type.Array(Type.Object({ domain: Nullable(Type.String()), messages: Count })),
});
export type SourceDetailResponse = Static<typeof SourceDetailResponse>;
