import { type Static, Type } from 'typebox';
import {
  AlignmentModeSchema,
  Count,
  Day,
  DispositionSchema,
  Exact,
  Nullable,
  Range,
} from './contract-base.ts';
import { MailClassSchema } from './contract-sources.ts';

/** A policy tried on the mail that has arrived. */
export const WhatIfQuery = Type.Object(
  {
    p: Type.Optional(DispositionSchema),
    sp: Type.Optional(DispositionSchema),
    np: Type.Optional(DispositionSchema),
    adkim: Type.Optional(AlignmentModeSchema),
    aspf: Type.Optional(AlignmentModeSchema),
    /** SPF include taken away. */
    'drop-include': Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
    /** DKIM selector taken away. */
    'drop-selector': Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
    at: Type.Optional(Day),
    offline: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
  },
  Exact,
);
export type WhatIfQuery = Static<typeof WhatIfQuery>;

const CandidateSchema = Type.Object({
  p: DispositionSchema,
  sp: Nullable(DispositionSchema),
  np: Nullable(DispositionSchema),
  adkim: AlignmentModeSchema,
  aspf: AlignmentModeSchema,
  dropInclude: Nullable(Type.String()),
  dropSelector: Nullable(Type.String()),
});

const hit = { messages: Count, quarantined: Count, rejected: Count };

export const WhatIfResponse = Type.Object({
  domain: Type.String(),
  window: Range,
  /** The policy in force. */
  inForce: CandidateSchema,
  candidate: CandidateSchema,
  sources: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      class: MailClassSchema,
      /** Messages that would have failed DMARC. */
      failing: Count,
      ...hit,
    }),
  ),
  classes: Type.Array(Type.Object({ class: MailClassSchema, ...hit })),
  /** By week, named by its Monday. */
  weeks: Type.Array(Type.Object({ monday: Day, class: MailClassSchema, ...hit })),
  sentence: Type.String(),
  /** Where the recomputed alignment is not the reporter's own, by reporter and kind. */
  differences: Type.Array(
    Type.Object({
      orgName: Type.String(),
      kind: Type.Union([
        Type.Literal('override'),
        Type.Literal('raw-results-incomplete'),
        Type.Literal('temperror'),
        Type.Literal('reported-aligned-recomputed-not'),
        Type.Literal('recomputed-aligned-reported-not'),
      ]),
      messages: Count,
    }),
  ),
  /** Messages whose raw results do not suffice to recompute. */
  notRecomputable: Count,
  /** Messages from names that have a policy of their own. */
  governedElsewhere: Count,
  /** What the numbers do not say. */
  notes: Type.Array(Type.String()),
});
export type WhatIfResponse = Static<typeof WhatIfResponse>;
