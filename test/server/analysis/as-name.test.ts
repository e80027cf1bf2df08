import { describe, expect, test } from 'vitest';

import { describeAs } from '../../../server/analysis/as-name.ts';

describe('the name of a network for people', () => {
  test.each([
    [24_940, 'Hetzner Online GmbH', 'Hetzner Online (AS24940)'],
    [15_169, 'Google LLC', 'Google (AS15169)'],
    [16_509, 'Amazon.com, Inc.', 'Amazon.com (AS16509)'],
    [3352, 'TELEFONICA DE ESPANA S.A.U.', 'TELEFONICA DE ESPANA (AS3352)'],
    [64_500, 'Example Co., Ltd.', 'Example (AS64500)'],
    [64_501, '"A-Siti" Limited Liability Company', 'A-Siti Limited Liability (AS64501)'],
    [64_502, 'Ltd', 'Ltd (AS64502)'],
    [64_503, 'NORDUnet', 'NORDUnet (AS64503)'],
    [64_504, '', 'AS64504'],
    [63_949, 'Akamai Technologies, Inc.', 'Linode (AS63949)'],
  ])('AS%s, registered as %s', (asn, name, described) => {
    expect(describeAs({ asn, name })).toBe(described);
  });
});
