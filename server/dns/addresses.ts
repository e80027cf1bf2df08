import type { LookUp, Resolver } from './look-up.ts';

/** A and AAAA of a name. */
export interface Addresses {
  addresses: string[];
  /** A look-up failed: there may be more. */
  isUnknown: boolean;
  /** The name is an alias. */
  isAlias: boolean;
}

export async function addressesOf(resolver: Resolver, name: string): Promise<Addresses> {
  const answers = await Promise.all([resolver.lookUp(name, 'A'), resolver.lookUp(name, 'AAAA')]);
  return {
    addresses: answers.flatMap((answer) => (answer.kind === 'found' ? answer.data : [])),
    isUnknown: answers.some(({ kind }) => kind === 'failed'),
    isAlias: answers.some(isAliased),
  };
}

function isAliased(answer: LookUp<'A'> | LookUp<'AAAA'>): boolean {
  return answer.kind !== 'failed' && answer.cnames.length > 0;
}
