/**
 * Condition on a report `r` that can be forgotten, with every version of it: it counts, and its last day
 * is before `@beforeDay`. One that says of no day what it says is taken by the day it came.
 */
export const FORGETTABLE = /* sql */ `
  r.counted = 1 AND ifnull(r.last_day, r.received_seconds / 86400) < @beforeDay
`;
