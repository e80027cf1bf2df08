import { type Static, Type } from 'typebox';
import {
  Count,
  Day,
  Nullable,
  PolicySchema,
  Range,
  Seconds,
  TallySchema,
} from './contract-base.ts';

/** Policy domains, their sums, and who reported on them. */
export const DomainsResponse = Type.Object({
  range: Range,
  /** Sums of the domains that are not listed, because there are too many. */
  more: Type.Object({
    domains: Count,
    messages: Count,
    dmarcAligned: Count,
    reports: Count,
  }),
  domains: Type.Array(
    Type.Object({
      domain: Type.String(),
      policyPublished: Nullable(PolicySchema),
      tally: TallySchema,
      reports: Count,
      reporters: Count,
      lastReportEndSeconds: Nullable(Seconds),
      /** The last 90 days, a day each; null is a day without a report. */
      trend: Type.Array(
        Type.Object({ day: Day, messages: Nullable(Count), dmarcAligned: Nullable(Count) }),
      ),
    }),
  ),
});
export type DomainsResponse = Static<typeof DomainsResponse>;

export const DomainResponse = Type.Object({
  range: Range,
  domain: Type.String(),
  policyPublished: Nullable(PolicySchema),
  tally: TallySchema,
  reports: Count,
  lastReportEndSeconds: Nullable(Seconds),
  /** Counted, but its report named no usable date. */
  undated: TallySchema,
});
export type DomainResponse = Static<typeof DomainResponse>;

export const ReceiversResponse = Type.Object({
  range: Range,
  receivers: Type.Array(
    Type.Object({
      orgName: Type.String(),
      tally: TallySchema,
      reports: Count,
      lastReportEndSeconds: Nullable(Seconds),
    }),
  ),
});
export type ReceiversResponse = Static<typeof ReceiversResponse>;
