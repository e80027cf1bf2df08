import { type AsLookup, describeAs } from './analysis/as-name.ts';
import { openAsData } from './as-data.ts';
import type { ProgramFiles } from './program-files.ts';

/** The network that an address is in, for people: 'Example Network (AS64496)'; null where it is not known. */
export function asNameOf({ asDataFile }: ProgramFiles): (sourceIp: string) => string | null {
  // Read when the first address is asked about: most commands ask about none.
  let lookup: AsLookup | null = null;
  return (sourceIp) => {
    lookup ??= openAsData(asDataFile);
    const system = lookup(sourceIp);
    return system === null ? null : describeAs(system);
  };
}
