import { hash } from 'node:crypto';
import { facetOf, outcomeOf } from '../../../ingest/outcome.ts';
import type { Profile } from '../../../ingest/report.ts';
import type { Connection } from '../connection.ts';
import { profileBody, profileOfBody } from '../profile-body.ts';
import type { ServiceSign, SourceNaming } from '../store.ts';
import { createBoundedCache } from './bounded-cache.ts';

/** A stored profile with what is derived from it. */
export interface ProfileEntry {
  id: number;
  facet: number;
  dmarcAligned: boolean;
  signs: readonly ServiceSign[];
}

export interface ProfileDictionary {
  /** The entry of this profile, made if it is new. */
  entryOf(profile: Profile): ProfileEntry;
  entryOfId(id: number): ProfileEntry;
  clear(): void;
}

const CACHED_PROFILES = 20_000;
const HASH_BYTES = 6;

export function createProfileDictionary(
  database: Connection,
  naming: SourceNaming,
): ProfileDictionary {
  // The parser hands over one object for one text, and never changes it: most profiles end here.
  let byObject = new WeakMap<Profile, ProfileEntry>();
  const byBody = createBoundedCache<string, ProfileEntry>(CACHED_PROFILES);
  const byId = createBoundedCache<number, ProfileEntry>(CACHED_PROFILES);
  const find = database
    .prepare<[hash: number, body: string], number>(
      'SELECT id FROM profile WHERE hash = ? AND body = ?',
    )
    .pluck();
  const insert = database.prepare<[hash: number, facet: number, body: string]>(
    'INSERT INTO profile (hash, facet, body) VALUES (?, ?, ?)',
  );
  const bodyOf = database
    .prepare<[id: number], string>('SELECT body FROM profile WHERE id = ?')
    .pluck();

  const entry = (id: number, profile: Profile): ProfileEntry => {
    const outcome = outcomeOf(profile);
    const dmarcAligned = outcome.dkimAligned === true || outcome.spfAligned === true;
    return { id, facet: facetOf(outcome), dmarcAligned, signs: naming.signsOf(profile) };
  };

  const stored = (body: string, profile: Profile): ProfileEntry => {
    const bodyHash = hash('sha256', body, 'buffer').readUIntBE(0, HASH_BYTES);
    const facet = facetOf(outcomeOf(profile));
    const id = find.get(bodyHash, body) ?? insert.run(bodyHash, facet, body).lastInsertRowid;
    return entry(Number(id), profile);
  };

  return {
    entryOf: (profile) => {
      const seen = byObject.get(profile);
      if (seen !== undefined) return seen;
      const body = profileBody(profile);
      let made = byBody.get(body);
      if (made === undefined) byBody.set(body, (made = stored(body, profile)));
      byObject.set(profile, made);
      return made;
    },
    entryOfId: (id) => {
      const known = byId.get(id);
      if (known !== undefined) return known;
      const body = bodyOf.get(id);
      if (body === undefined) throw new Error(`Profile ${id} is not in the store.`);
      const made = entry(id, profileOfBody(body));
      byId.set(id, made);
      return made;
    },
    clear: () => {
      byObject = new WeakMap();
      byBody.clear();
      byId.clear();
    },
  };
}
