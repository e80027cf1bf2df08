import type { BeforeAfterResponse, ChangesResponse } from '../server/api/contract-changes.ts';
import type { DnsResponse } from '../server/api/contract-dns.ts';
import type { VerdictResponse } from '../server/api/contract-verdict.ts';
import type { WhatIfQuery, WhatIfResponse } from '../server/api/contract-what-if.ts';
import type {
  ClassBody,
  FixedBody,
  MicrosoftTenantsBody,
  NoteBody,
  RhythmBody,
  SendsNothingBody,
  WaiverBody,
  WordsResponse,
} from '../server/api/contract-words.ts';
import type { Action, Resource } from './api.ts';
import { domainPath, range, sourcePath } from './endpoints.ts';
import type { Period } from './period.ts';
import { withQuery } from './routes.ts';

/** What the page asks about a domain beyond its sums, and what its user says of it. */

/** As it stood at the end of a day; null: yesterday. */
export const verdict = (name: string, at: string | null): Resource<VerdictResponse> => ({
  path: withQuery(`${domainPath(name)}/verdict`, { at }),
});
export const whatIf = (name: string, candidate: WhatIfQuery): Resource<WhatIfResponse> => ({
  path: withQuery(`${domainPath(name)}/what-if`, candidate),
});
export const changes = (name: string, period: Period | null): Resource<ChangesResponse> => ({
  path: withQuery(`${domainPath(name)}/changes`, range(period)),
});
export const beforeAfter = (name: string, day: string): Resource<BeforeAfterResponse> => ({
  path: withQuery(`${domainPath(name)}/before-after`, { day }),
});
export const dns = (name: string): Resource<DnsResponse> => ({ path: `${domainPath(name)}/dns` });
export const words = (name: string): Resource<WordsResponse> => ({
  path: `${domainPath(name)}/words`,
});

const put = (path: string, body: object): Action<null> => ({ method: 'PUT', path, body });

export const checkDns = (name: string): Action<DnsResponse> => ({
  method: 'POST',
  path: `${domainPath(name)}/dns/check`,
  body: {},
});
export const sayClass = (name: string, id: string, body: ClassBody): Action<null> =>
  put(`${sourcePath(name, id)}/class`, body);
export const sayFixed = (name: string, id: string, body: FixedBody): Action<null> =>
  put(`${sourcePath(name, id)}/fixed`, body);
export const sayRhythm = (name: string, id: string, body: RhythmBody): Action<null> =>
  put(`${sourcePath(name, id)}/rhythm`, body);
export const waive = (name: string, gate: string, body: WaiverBody): Action<null> =>
  put(`${domainPath(name)}/waivers/${gate}`, body);
export const takeBackWaiver = (name: string, gate: string): Action<null> => ({
  method: 'DELETE',
  path: `${domainPath(name)}/waivers/${gate}`,
  body: {},
});
export const saySendsNothing = (name: string, body: SendsNothingBody): Action<null> =>
  put(`${domainPath(name)}/sends-nothing`, body);
export const sayMicrosoftTenants = (name: string, body: MicrosoftTenantsBody): Action<null> =>
  put(`${domainPath(name)}/microsoft-tenants`, body);
export const addNote = (name: string, body: NoteBody): Action<unknown> => ({
  method: 'POST',
  path: `${domainPath(name)}/notes`,
  body,
});
export const removeNote = (name: string, id: number): Action<null> => ({
  method: 'DELETE',
  path: `${domainPath(name)}/notes/${id}`,
  body: {},
});
