import { describe, expect, test } from 'vitest';
import type { PolicyPublished } from '../../../ingest/report.ts';
import { candidateInForce } from '../../../server/analysis/what-if/candidate.ts';
import type { DmarcRecord, EffectivePolicy } from '../../../server/records/dns-snapshot.ts';
import { snapshotOf } from './changes-sources.ts';
import { mailOf } from './mail-of.ts';

describe('the policy in force as a candidate', () => {
  const reported = (tags: Partial<PolicyPublished>) => {
    const mail = mailOf({ rows: [{ source: 'as:64500', messages: 1 }], policy: tags });
    return mail.reports.at(-1)?.policyPublished ?? null;
  };
  const effective: EffectivePolicy = {
    ...{ p: 'quarantine', sp: 'none', np: 'none', adkim: 'strict', aspf: 'relaxed' },
    ...{ testing: false, pct: 100 },
  };
  const record: DmarcRecord = {
    ...{ tags: [], p: 'quarantine', sp: 'none', np: null, adkim: 'strict', aspf: null },
    ...{ testing: null, psd: null, pct: null, fo: null, rua: [], ruf: [] },
  };
  const published = (name: string) => {
    const { domain, dmarc } = snapshotOf();
    return { domain, dmarc: { ...dmarc, state: 'valid' as const, name, effective, record } };
  };

  test('leaves out an sp that only repeats p, as reporters write it', () => {
    const policy = reported({ p: 'quarantine', sp: 'quarantine' });
    expect(candidateInForce(policy, null)).toMatchObject({ p: 'quarantine', sp: null });
    expect(candidateInForce(reported({ p: 'reject', sp: 'none' }), null).sp).toBe('none');
  });

  test('is the record that DNS has today', () => {
    const found = candidateInForce(reported({ p: 'none' }), published('example.org'));
    expect(found).toMatchObject({ p: 'quarantine', sp: 'none', np: null, adkim: 'strict' });
  });

  test('has no tags for names below it where the record of a domain above it governs', () => {
    expect(candidateInForce(null, published('org'))).toMatchObject({ p: 'quarantine', sp: null });
  });

  test('is p=none where nothing is known', () => {
    expect(candidateInForce(null, null)).toMatchObject({ p: 'none', sp: null, adkim: 'relaxed' });
  });
});
