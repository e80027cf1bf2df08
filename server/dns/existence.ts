import type { Resolver } from './look-up.ts';

/** Names that are asked about in one run. */
const MOST_NAMES = 50;

/**
 * Does the name exist: is its answer anything but NXDOMAIN (RFC 8020)? A name without records of its
 * own may exist. null: unknown.
 */
export async function nameExists(name: string, resolver: Resolver): Promise<boolean | null> {
  const answer = await resolver.lookUp(name, 'A');
  return answer.kind === 'failed' ? null : answer.kind !== 'no-such-name';
}

export async function existingNames(
  names: readonly string[],
  resolver: Resolver,
): Promise<{ name: string; exists: boolean | null }[]> {
  const asked = [...new Set(names)].slice(0, MOST_NAMES);
  return Promise.all(
    asked.map(async (name) => ({ name, exists: await nameExists(name, resolver) })),
  );
}
