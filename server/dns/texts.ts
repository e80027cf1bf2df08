import { FAILURES } from './look-up.ts';
import type { Resolver } from './look-up.ts';

/** TXT records of a name, or why there is no answer. An absent name has no texts. */
export interface Texts {
  texts: string[];
  ttlSeconds: number | null;
  cnames: string[];
  /** In words; null where DNS answered. */
  failure: string | null;
}

export async function textsAt(resolver: Resolver, name: string): Promise<Texts> {
  const answer = await resolver.lookUp(name, 'TXT');
  if (answer.kind === 'failed')
    return { texts: [], ttlSeconds: null, cnames: [], failure: FAILURES[answer.reason] };
  const { ttlSeconds, cnames } = answer;
  return { texts: answer.kind === 'found' ? answer.data : [], ttlSeconds, cnames, failure: null };
}
