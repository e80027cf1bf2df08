import { describe, expect, test } from 'vitest';

import type { DkimAuthResult, Profile, SpfAuthResult } from '../../../ingest/report.ts';
import { catalogue } from '../../../server/analysis/catalogue/catalogue.ts';
import { createSignReader } from '../../../server/analysis/service-signs.ts';

const signsOf = createSignReader(catalogue);

function profile(
  dkim: [domain: string | null, result: DkimAuthResult['result']][],
  spf: [domain: string | null, result: SpfAuthResult['result']][],
): Profile {
  return {
    policyEvaluated: { disposition: 'none', dkimAligned: false, spfAligned: false, reasons: [] },
    identifiers: { headerFrom: 'example.org', envelopeFrom: null, envelopeTo: null },
    dkim: dkim.map(([domain, result]) => ({ domain, result, selector: 's', humanResult: null })),
    spf: spf.map(([domain, result]) => ({ domain, result, scope: 'mfrom', humanResult: null })),
  };
}

describe('signs of a service in a record', () => {
  const cases: [about: string, Profile, signs: string[]][] = [
    [
      'a return path below its domain',
      profile([], [['mail1.mcsv.net', 'pass']]),
      ['mailchimp spf'],
    ],
    ['the domain itself', profile([], [['amazonses.com', 'pass']]), ['amazon-ses spf']],
    ['in capitals', profile([], [['Mail1.MCSV.net', 'pass']]), ['mailchimp spf']],
    ['not a name that only ends alike', profile([], [['notmcsv.net', 'pass']]), []],
    ['not the domain above', profile([], [['net', 'pass']]), []],
    ['not a failed check', profile([['mcsv.net', 'fail']], [['mcsv.net', 'softfail']]), []],
    ['not a check without a result', profile([['mcsv.net', null]], [['mcsv.net', null]]), []],
    ['not a check without a domain', profile([[null, 'pass']], [[null, 'pass']]), []],
    [
      'a default signing domain of a customer',
      profile([['example-org.20230601.gappssmtp.com', 'pass']], []),
      ['google dkim'],
    ],
    [
      'one sign a service, the stronger, so that messages may be added up',
      profile(
        [
          ['mcsv.net', 'pass'],
          ['mcsv.net', 'pass'],
        ],
        [['mail1.rsgsv.net', 'pass']],
      ),
      ['mailchimp spf'],
    ],
    [
      'every service that has one',
      profile([['amazonses.com', 'pass']], [['bounces.zendesk.com', 'pass']]),
      ['amazon-ses dkim', 'zendesk spf'],
    ],
  ];
  test.each(cases)('%s', (_about, record, signs) => {
    expect(signsOf(record).map(({ service, by }) => `${service} ${by}`)).toEqual(signs);
  });
});
