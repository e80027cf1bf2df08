import { type Static, Type } from 'typebox';
import { Day, Exact, Nullable, Seconds } from './contract-base.ts';
import { MailClassSchema } from './contract-sources.ts';
import { GateIdSchema } from './contract-verdict.ts';

/** What the user says of a domain. It stands over every rule, with its date and who said it. */
const By = Type.Optional(Type.String({ minLength: 1, maxLength: 100 }));
const Text = Type.String({ minLength: 1, maxLength: 1000 });

export const ClassBody = Type.Object(
  {
    /** null takes the word back: the rules speak again. */
    class: Nullable(MailClassSchema),
    note: Type.Optional(Nullable(Text)),
    by: By,
  },
  Exact,
);
export type ClassBody = Static<typeof ClassBody>;

export const FixedBody = Type.Object(
  {
    /** Failures before that day are explained; null takes it back. */
    day: Nullable(Day),
    note: Type.Optional(Nullable(Text)),
    by: By,
  },
  Exact,
);
export type FixedBody = Static<typeof FixedBody>;

export const RhythmBody = Type.Object(
  {
    /** Days between its mails; null takes it back. */
    everyDays: Nullable(Type.Integer({ minimum: 1, maximum: 400 })),
    by: By,
  },
  Exact,
);
export type RhythmBody = Static<typeof RhythmBody>;

export const WaiverBody = Type.Object(
  { by: Type.String({ minLength: 1, maxLength: 100 }), reason: Text, until: Day },
  Exact,
);
export type WaiverBody = Static<typeof WaiverBody>;

export const SendsNothingBody = Type.Object({ said: Type.Boolean(), by: By }, Exact);
export type SendsNothingBody = Static<typeof SendsNothingBody>;

export const MicrosoftTenantsBody = Type.Object(
  {
    /** The first label of TENANT.onmicrosoft.com. */
    tenants: Type.Array(Type.String({ pattern: '^[A-Za-z0-9-]{1,63}$' }), { maxItems: 20 }),
  },
  Exact,
);
export type MicrosoftTenantsBody = Static<typeof MicrosoftTenantsBody>;

export const NoteBody = Type.Object({ day: Day, text: Text, by: By }, Exact);
export type NoteBody = Static<typeof NoteBody>;

export const WaiverParams = Type.Object(
  { domain: Type.String({ maxLength: 255 }), gate: GateIdSchema },
  Exact,
);
export const NoteParams = Type.Object(
  { domain: Type.String({ maxLength: 255 }), id: Type.Integer({ minimum: 1 }) },
  Exact,
);

export const NoteSchema = Type.Object({
  id: Type.Integer(),
  day: Day,
  text: Type.String(),
  by: Type.String(),
  writtenSeconds: Seconds,
});
export type NoteResponse = Static<typeof NoteSchema>;

export const WordsResponse = Type.Object({
  classes: Type.Array(
    Type.Object({
      source: Type.String(),
      class: MailClassSchema,
      day: Day,
      by: Type.String(),
      note: Nullable(Type.String()),
    }),
  ),
  fixed: Type.Array(
    Type.Object({
      source: Type.String(),
      day: Day,
      by: Type.String(),
      note: Nullable(Type.String()),
    }),
  ),
  rhythms: Type.Array(
    Type.Object({ source: Type.String(), everyDays: Type.Integer(), by: Type.String() }),
  ),
  waivers: Type.Array(
    Type.Object({
      gate: Type.String(),
      by: Type.String(),
      day: Day,
      reason: Type.String(),
      until: Day,
    }),
  ),
  sendsNothing: Nullable(Type.Object({ day: Day, by: Type.String() })),
  microsoftTenants: Type.Array(Type.String()),
  /** Newest first. */
  notes: Type.Array(NoteSchema),
});
export type WordsResponse = Static<typeof WordsResponse>;
