import type { WhatIfResponse } from '../../server/api/contract-what-if.ts';

/** Why the recomputed outcome is not the one that the reporter told. */
export const DIFFERENCES: Record<WhatIfResponse['differences'][number]['kind'], string> = {
  override: 'it made an exception',
  'raw-results-incomplete': 'it left results out',
  temperror: 'a check met a DNS error',
  'reported-aligned-recomputed-not': 'it counts as aligned what its own results do not',
  'recomputed-aligned-reported-not': 'its own results are aligned, and it does not count them so',
};
