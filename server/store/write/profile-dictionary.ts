import { facetOf, outcomeOf } from '../../../ingest/outcome.ts';
import type { Profile } from '../../../ingest/report.ts';
import { shapeOf } from '../../../ingest/shape.ts';
import type { Connection } from '../connection.ts';
import { profileBody, profileOfBody } from '../profile-body.ts';
import { profileHash } from '../profile-hash.ts';
import type { ServiceSign, SourceNaming } from '../store.ts';
import { createBoundedCache } from './bounded-cache.ts';

/** A stored profile with what is derived from it. */
export interface ProfileEntry {
  id: number;
  /** The row of what is left of it as a shape; often its own. */
  shapeId: number;
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

export function createProfileDictionary(
  database: Connection,
  naming: SourceNaming,
): ProfileDictionary {
  // The parser hands over one object for one text, and never changes it: most profiles end here.
  let byObject = new WeakMap<Profile, ProfileEntry>();
  const byBody = createBoundedCache<string, ProfileEntry>(CACHED_PROFILES);
  const byShape = createBoundedCache<string, number>(CACHED_PROFILES);
  const byId = createBoundedCache<number, ProfileEntry>(CACHED_PROFILES);
  const rows = profileRows(database);

  const entry = (id: number, shapeId: number, profile: Profile): ProfileEntry => {
    const outcome = outcomeOf(profile);
    const dmarcAligned = outcome.dkimAligned === true || outcome.spfAligned === true;
    return { id, shapeId, facet: facetOf(outcome), dmarcAligned, signs: naming.signsOf(profile) };
  };

  const shapeIdOf = (shape: string, facet: number): number => {
    let id = byShape.get(shape);
    if (id === undefined) {
      const hash = profileHash(shape);
      id = rows.find(hash, shape)?.id ?? rows.insert(hash, facet, null, shape);
      byShape.set(shape, id);
    }
    return id;
  };

  const stored = (body: string, profile: Profile): ProfileEntry => {
    const hash = profileHash(body);
    const known = rows.find(hash, body);
    if (known !== undefined) return entry(known.id, known.shapeId, profile);
    const facet = facetOf(outcomeOf(profile));
    const shape = profileBody(shapeOf(profile));
    const shapeId = shape === body ? null : shapeIdOf(shape, facet);
    const id = rows.insert(hash, facet, shapeId, body);
    return entry(id, shapeId ?? id, profile);
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
      const { shapeId, body } = rows.read(id);
      const made = entry(id, shapeId, profileOfBody(body));
      byId.set(id, made);
      return made;
    },
    clear: () => {
      byObject = new WeakMap();
      byBody.clear();
      byShape.clear();
      byId.clear();
    },
  };
}

function profileRows(database: Connection) {
  const find = database.prepare<
    [hash: number, body: string],
    { id: number; shapeId: number }
  >(/* sql */ `
    SELECT id, ifnull(shape_id, id) AS shapeId FROM profile WHERE hash = ? AND body = ?
  `);
  const insert = database.prepare<
    [hash: number, facet: number, shapeId: number | null, body: string]
  >('INSERT INTO profile (hash, facet, shape_id, body) VALUES (?, ?, ?, ?)');
  const read = database.prepare<[id: number], { shapeId: number; body: string }>(
    'SELECT ifnull(shape_id, id) AS shapeId, body FROM profile WHERE id = ?',
  );
  return {
    find: (hash: number, body: string) => find.get(hash, body),
    insert: (hash: number, facet: number, shapeId: number | null, body: string): number =>
      Number(insert.run(hash, facet, shapeId, body).lastInsertRowid),
    read: (id: number) => {
      const found = read.get(id);
      if (found === undefined) throw new Error(`Profile ${id} is not in the store.`);
      return found;
    },
  };
}
