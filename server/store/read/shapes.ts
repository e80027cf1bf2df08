import type { Profile } from '../../../ingest/report.ts';
import type { Connection } from '../connection.ts';
import { profileOfBody } from '../profile-body.ts';

/** Shapes by row of `profile`. They never change, so that each is parsed once while the reader is open. */
export type Shapes = (shapeId: number) => Profile;

const KEPT_SHAPES = 200_000;

export function createShapes(database: Connection): Shapes {
  const known = new Map<number, Profile>();
  const bodyOf = database
    .prepare<[id: number], string>('SELECT body FROM profile WHERE id = ?')
    .pluck();
  return (shapeId) => {
    const found = known.get(shapeId);
    if (found !== undefined) return found;
    const body = bodyOf.get(shapeId);
    if (body === undefined) throw new Error(`Shape ${shapeId} is not in the store.`);
    const shape = profileOfBody(body);
    if (known.size >= KEPT_SHAPES) known.clear();
    known.set(shapeId, shape);
    return shape;
  };
}
