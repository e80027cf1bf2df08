import fc from 'fast-check';
import type { DmarcChanges } from '../../../server/records/change-dmarc-record.ts';
import { recordOf } from '../../../server/records/dmarc-record.ts';
import type { Tag } from '../../../server/records/tag-list.ts';

const policy = fc.constantFrom('none', 'quarantine', 'reject');
const mode = fc.constantFrom('relaxed', 'strict');
/** What a tag's value may hold (RFC 9989 §4.8), trimmed. */
const anyValue = fc.stringMatching(/^[\x20-\x3a\x3c-\x7e]{0,30}$/).map((text) => text.trim());
const name = fc.oneof(
  fc.constantFrom(
    'p',
    'sp',
    'np',
    't',
    'psd',
    'adkim',
    'aspf',
    'rua',
    'ruf',
    'fo',
    'pct',
    'rf',
    'ri',
  ),
  fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/).filter((text) => text !== 'v'),
);
const goodTag = fc.oneof(
  fc.tuple(fc.constantFrom('p', 'sp', 'np'), policy),
  fc.tuple(fc.constantFrom('adkim', 'aspf'), fc.constantFrom('r', 's')),
  fc.tuple(
    fc.constantFrom('rua', 'ruf'),
    fc.constantFrom('mailto:d@example.com', 'mailto:a@b.example,mailto:c@d.example'),
  ),
);

/** Tags in any order, some of them readable, some not, some twice. */
export const anyTags: fc.Arbitrary<Tag[]> = fc
  .array(fc.oneof(goodTag, fc.tuple(name, anyValue)), { maxLength: 12 })
  .map((tags) =>
    [['v', 'DMARC1'], ...tags].map(([tag = '', value = '']) => ({ name: tag, value })),
  );

export const anyRecord = anyTags.map(recordOf);

/** Changes as a verdict or a what-if makes them. */
export const anyChanges: fc.Arbitrary<DmarcChanges> = fc.record(
  {
    p: policy,
    sp: fc.option(policy),
    np: fc.option(policy),
    adkim: fc.option(mode),
    aspf: fc.option(mode),
    testing: fc.boolean(),
    pct: fc.constant(null),
    rf: fc.constant(null),
    ri: fc.constant(null),
  },
  { requiredKeys: [] },
);
