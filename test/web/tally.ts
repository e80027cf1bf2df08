import type { TallyResponse } from '../../server/api/contract-base.ts';

/** A tally of disjoint outcomes, with everything that follows from them. */
export function aTally(
  outcomes: Partial<
    Pick<TallyResponse, 'bothAligned' | 'dkimOnly' | 'spfOnly' | 'neither' | 'notStated'>
  >,
  dispositions: Partial<TallyResponse['dispositions']> = {},
): TallyResponse {
  const { bothAligned = 0, dkimOnly = 0, spfOnly = 0, neither = 0, notStated = 0 } = outcomes;
  return {
    messages: bothAligned + dkimOnly + spfOnly + neither + notStated,
    dmarcAligned: bothAligned + dkimOnly + spfOnly,
    dkimAligned: bothAligned + dkimOnly,
    spfAligned: bothAligned + spfOnly,
    bothAligned,
    dkimOnly,
    spfOnly,
    neither,
    notStated,
    unstated: notStated,
    dkimPassUnaligned: 0,
    spfPassUnaligned: 0,
    dispositions: { none: 0, quarantine: 0, reject: 0, pass: 0, unstated: 0, ...dispositions },
  };
}
