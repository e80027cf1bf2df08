import { describeAs } from './analysis/as-name.ts';
import { openAsData } from './as-data.ts';
import type { ProgramFiles } from './program-files.ts';

/** The network that an address is in, for people: 'Example Network (AS64496)'; null where it is not known. */
export function asNameOf({ asDataFile }: ProgramFiles): (sourceIp: string) => string | null {
  const lookup = openAsData(asDataFile);
  return (sourceIp) => {
    const system = lookup(sourceIp);
    return system === null ? null : describeAs(system);
  };
}
