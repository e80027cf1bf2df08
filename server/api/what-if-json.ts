import type { Candidate } from '../analysis/what-if-types.ts';
import type { WhatIfInsight } from '../insight/insight.ts';
import type { WhatIfQuery, WhatIfResponse } from './contract-what-if.ts';
import { dayText } from './day-range.ts';

/** What the address asks to be tried; the rest stays as it is in force. */
export function candidateOf(query: WhatIfQuery): Partial<Candidate> {
  const { p, sp, np, adkim, aspf } = query;
  return {
    ...(p === undefined ? {} : { p }),
    ...(sp === undefined ? {} : { sp }),
    ...(np === undefined ? {} : { np }),
    ...(adkim === undefined ? {} : { adkim }),
    ...(aspf === undefined ? {} : { aspf }),
    ...(query['drop-include'] === undefined ? {} : { dropInclude: query['drop-include'] }),
    ...(query['drop-selector'] === undefined ? {} : { dropSelector: query['drop-selector'] }),
  };
}

/** What a policy would have done: the answer of the API, and of `ruadmap whatif --json`. */
export function whatIfJson(insight: WhatIfInsight): WhatIfResponse {
  const { result, inForce, differencesByReporter } = insight;
  return {
    domain: result.domain,
    window: { from: dayText(result.window.from), to: dayText(result.window.to) },
    inForce,
    candidate: result.candidate,
    sources: result.sources.map(({ sourceId, ...source }) => ({ id: sourceId, ...source })),
    classes: result.classes.map((sums) => ({ ...sums })),
    weeks: result.weeks.map(({ monday, ...week }) => ({ monday: dayText(monday), ...week })),
    sentence: result.sentence,
    differences: differencesByReporter,
    notRecomputable: result.notRecomputable,
    governedElsewhere: result.governedElsewhere,
    notes: [...result.notes],
  };
}
