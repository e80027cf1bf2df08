import { type Static, Type } from 'typebox';
import {
  AlignmentModeSchema,
  Count,
  Day,
  DispositionSchema,
  Nullable,
  Seconds,
} from './contract-base.ts';

/** What a domain publishes, as DNS answered. A look-up that failed is `unknown`, never `absent`. */
const RecordStateSchema = Type.Union([
  Type.Literal('valid'),
  Type.Literal('invalid'),
  Type.Literal('several'),
  Type.Literal('absent'),
  Type.Literal('unknown'),
]);
export type RecordStateName = Static<typeof RecordStateSchema>;

const PresenceSchema = Type.Object({ state: RecordStateSchema, text: Nullable(Type.String()) });

const DmarcSchema = Type.Object({
  state: RecordStateSchema,
  /** The name whose record governs the domain. */
  name: Nullable(Type.String()),
  texts: Type.Array(Type.String()),
  ttlSeconds: Nullable(Seconds),
  organizationalDomain: Type.Object({
    byTreeWalk: Nullable(Type.String()),
    byPublicSuffixList: Type.String(),
  }),
  /** What a receiver applies. */
  effective: Nullable(
    Type.Object({
      p: DispositionSchema,
      sp: DispositionSchema,
      np: DispositionSchema,
      adkim: AlignmentModeSchema,
      aspf: AlignmentModeSchema,
      testing: Type.Boolean(),
      pct: Type.Integer(),
    }),
  ),
  rua: Type.Array(
    Type.Object({
      uri: Type.String(),
      external: Type.Boolean(),
      authorised: Nullable(Type.Boolean()),
    }),
  ),
});

const SpfSchema = Type.Object({
  state: RecordStateSchema,
  text: Nullable(Type.String()),
  ttlSeconds: Nullable(Seconds),
  /** Terms that cost a look-up, over the whole tree; 10 are allowed. */
  lookups: Nullable(Count),
  voidLookups: Nullable(Count),
  all: Nullable(Type.String()),
  /** Networks of the whole tree. */
  networks: Count,
  includes: Type.Array(Type.Object({ domain: Type.String(), lookups: Count, networks: Count })),
  /** Macros or exists make the networks incomplete. */
  incomplete: Type.Boolean(),
});

const DkimSchema = Type.Object({
  selector: Type.String(),
  state: Type.Union([
    Type.Literal('valid'),
    Type.Literal('revoked'),
    Type.Literal('invalid'),
    Type.Literal('absent'),
    Type.Literal('unknown'),
  ]),
  keyType: Nullable(Type.String()),
  keyBits: Nullable(Count),
  testing: Type.Boolean(),
  ttlSeconds: Nullable(Seconds),
  cnames: Type.Array(Type.String()),
});

const FindingSchema = Type.Object({
  id: Type.String(),
  about: Type.Union([
    Type.Literal('dmarc'),
    Type.Literal('spf'),
    Type.Literal('dkim'),
    Type.Literal('mx'),
    Type.Literal('rua'),
    Type.Literal('mta-sts'),
    Type.Literal('tls-rpt'),
  ]),
  severity: Type.Union([Type.Literal('blocks'), Type.Literal('warns'), Type.Literal('tells')]),
  text: Type.String(),
  /** What to publish instead. */
  corrected: Nullable(
    Type.Object({ name: Type.String(), type: Type.String(), value: Type.String() }),
  ),
});
export type FindingResponse = Static<typeof FindingSchema>;

const SnapshotSchema = Type.Object({
  askedSeconds: Seconds,
  /** 'system', or HOST:PORT. */
  resolver: Type.String(),
  dmarc: DmarcSchema,
  spf: SpfSchema,
  dkim: Type.Array(DkimSchema),
  mx: Type.Object({
    state: RecordStateSchema,
    /** The domain says that it receives no mail. */
    nullMx: Type.Boolean(),
    hosts: Type.Array(
      Type.Object({
        name: Type.String(),
        preference: Count,
        addresses: Type.Array(Type.String()),
      }),
    ),
  }),
  mtaSts: PresenceSchema,
  tlsRpt: PresenceSchema,
  findings: Type.Array(FindingSchema),
});
export type DnsSnapshotResponse = Static<typeof SnapshotSchema>;

export const DnsResponse = Type.Object({
  domain: Type.String(),
  /** null: DNS was never asked. */
  newest: Nullable(SnapshotSchema),
  history: Type.Array(Type.Object({ askedSeconds: Seconds, changes: Type.Array(Type.String()) })),
  unusedIncludes: Type.Array(
    Type.Object({ include: Type.String(), lookups: Count, lastUsedDay: Nullable(Day) }),
  ),
});
export type DnsResponse = Static<typeof DnsResponse>;
