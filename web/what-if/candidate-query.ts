import type { WhatIfQuery } from '../../server/api/contract-what-if.ts';

const DISPOSITIONS = ['none', 'quarantine', 'reject'] as const;
const MODES = ['relaxed', 'strict'] as const;

const oneOf = <Word extends string>(words: readonly Word[], text: string | null) =>
  words.find((word) => word === text);

/** The policy that an address composes; null where it composes none. Anything unreadable is left out. */
export function composedOf(query: URLSearchParams): WhatIfQuery | null {
  const candidate: WhatIfQuery = {};
  for (const tag of ['p', 'sp', 'np'] as const) {
    const word = oneOf(DISPOSITIONS, query.get(tag));
    if (word !== undefined) candidate[tag] = word;
  }
  for (const tag of ['adkim', 'aspf'] as const) {
    const word = oneOf(MODES, query.get(tag));
    if (word !== undefined) candidate[tag] = word;
  }
  for (const tag of ['drop-include', 'drop-selector'] as const) {
    const text = query.get(tag)?.trim() ?? '';
    if (text !== '') candidate[tag] = text;
  }
  return Object.keys(candidate).length === 0 ? null : candidate;
}

/** 'p=reject, sp=none, without SPF include spf.example': a candidate in short. */
export function candidateWords(candidate: WhatIfQuery): string {
  const tags = (['p', 'sp', 'np', 'adkim', 'aspf'] as const)
    .filter((tag) => candidate[tag] !== undefined)
    .map((tag) => `${tag}=${candidate[tag] ?? ''}`);
  const include = candidate['drop-include'];
  const selector = candidate['drop-selector'];
  return [
    ...tags,
    ...(include === undefined ? [] : [`without SPF include ${include}`]),
    ...(selector === undefined ? [] : [`without DKIM selector ${selector}`]),
  ].join(', ');
}
