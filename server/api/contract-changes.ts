import { type Static, Type } from 'typebox';
import { Day, Exact, Nullable, Range, SumsSchema } from './contract-base.ts';

/** What changed and when, and the mail before and after a day. */
export const ChangesResponse = Type.Object({
  range: Range,
  /** Ascending by day. */
  changes: Type.Array(
    Type.Object({
      day: Day,
      kind: Type.Union([
        Type.Literal('policy'),
        Type.Literal('dns'),
        Type.Literal('source-first'),
        Type.Literal('source-last'),
        Type.Literal('note'),
      ]),
      /** A few words for the chart. */
      label: Type.String(),
      text: Type.String(),
      source: Nullable(Type.String()),
    }),
  ),
});
export type ChangesResponse = Static<typeof ChangesResponse>;
export type ChangeResponse = ChangesResponse['changes'][number];

export const BeforeAfterQuery = Type.Object({ day: Day }, Exact);

export const BeforeAfterResponse = Type.Object({
  day: Day,
  before: Range,
  after: Range,
  sources: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      before: SumsSchema,
      after: SumsSchema,
      lastDay: Nullable(Day),
      /** What changed, in words; null where nothing did. */
      told: Nullable(Type.String()),
    }),
  ),
  /** What a move of providers still wants, the most urgent first. */
  moving: Type.Array(Type.String()),
});
export type BeforeAfterResponse = Static<typeof BeforeAfterResponse>;
