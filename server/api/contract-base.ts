import { type Static, Type } from 'typebox';

/**
 * Words that requests and responses of the API are made of. Validation, OpenAPI and the page's types
 * come from the same schemas. Days are UTC, 'YYYY-MM-DD'; times are Unix seconds; counts are sums of
 * `<count>`; what nobody said is null.
 */
export const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
export const Count = Type.Integer({ minimum: 0 });
export const Seconds = Type.Integer();
export const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });
export const Exact = { additionalProperties: false };

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

export const DispositionSchema = Type.Union([
  Type.Literal('none'),
  Type.Literal('quarantine'),
  Type.Literal('reject'),
]);
export const AlignmentModeSchema = Type.Union([Type.Literal('relaxed'), Type.Literal('strict')]);

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

/** Sums over one class or source. */
export const SumsSchema = Type.Object({
  messages: Count,
  dmarcAligned: Count,
  dkimAligned: Count,
  spfAligned: Count,
});
export type SumsResponse = Static<typeof SumsSchema>;

/** The range that was answered, with its defaults filled in: the last 30 full UTC days. */
export const Range = Type.Object({ from: Day, to: Day });

export const IdParams = Type.Object({ id: Type.Integer({ minimum: 1 }) }, Exact);
export const DomainParams = Type.Object({ domain: Type.String({ maxLength: 255 }) }, Exact);
export const DomainSourceParams = Type.Object(
  { domain: Type.String({ maxLength: 255 }), source: Type.String({ maxLength: 300 }) },
  Exact,
);
export const Cursor = Type.String({ maxLength: 64, pattern: '^[0-9.,:-]+$' });
/** Rows of a page where the query names no `limit`. */
export const PAGE_ROWS = 50;
export const Limit = Type.Integer({ minimum: 1, maximum: 500, default: PAGE_ROWS });

export const ErrorResponse = Type.Object({
  code: Type.String(),
  /** What happened and what to do. */
  message: Type.String(),
});
export type ErrorResponse = Static<typeof ErrorResponse>;
