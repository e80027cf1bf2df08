import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Profile } from '../../../ingest/report.ts';
import { profileBody, profileOfBody } from '../../../server/store/profile-body.ts';

const text = fc.option(fc.string({ unit: 'grapheme' }));
const flag = fc.constantFrom(null, true, false);
const profiles: fc.Arbitrary<Profile> = fc.record({
  policyEvaluated: fc.record({
    disposition: fc.constantFrom(null, 'none', 'quarantine', 'reject', 'pass'),
    dkimAligned: flag,
    spfAligned: flag,
    reasons: fc.array(
      fc.record({ type: fc.constantFrom(null, 'forwarded', 'local_policy'), comment: text }),
    ),
  }),
  identifiers: fc.record({ headerFrom: text, envelopeFrom: text, envelopeTo: text }),
  dkim: fc.array(
    fc.record({
      ...{ domain: text, selector: text, humanResult: text },
      result: fc.constantFrom(null, 'pass', 'fail', 'temperror'),
    }),
  ),
  spf: fc.array(
    fc.record({
      ...{ domain: text, humanResult: text },
      scope: fc.constantFrom(null, 'helo', 'mfrom'),
      result: fc.constantFrom(null, 'pass', 'softfail'),
    }),
  ),
});

test('a profile is read back as it was written, and nothing in it is guessed', () => {
  fc.assert(
    fc.property(profiles, (profile) => {
      expect(profileOfBody(profileBody(profile))).toEqual(profile);
    }),
  );
});

test('equal profiles have one text, whatever the order of their keys', () => {
  fc.assert(
    fc.property(profiles, (profile) => {
      const { spf, dkim, identifiers, policyEvaluated } = profile;
      const turned = { spf, dkim, identifiers, policyEvaluated };
      expect(profileBody(turned)).toBe(profileBody(profile));
    }),
  );
});
