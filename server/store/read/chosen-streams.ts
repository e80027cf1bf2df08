import type { Connection } from '../connection.ts';

export interface ChosenStream {
  id: number;
  domain: number;
  sourceRow: number;
  shapeId: number;
  timed: 0 | 1;
  facet: number;
}

/** Looks up streams by their ids; ids that are none are left out. */
export function createChosenStreams(
  database: Connection,
): (ids: readonly number[]) => ChosenStream[] {
  const streams = database.prepare<[ids: string], ChosenStream>(/* sql */ `
    SELECT t.id, t.policy_domain_id AS domain, t.source_id AS sourceRow, t.shape_id AS shapeId,
           t.timed, f.facet
    FROM json_each(?) AS j
    CROSS JOIN stream AS t ON t.id = j.value
    CROSS JOIN profile AS f ON f.id = t.shape_id
  `);
  return (ids) => streams.all(JSON.stringify(ids));
}

export const domainsOf = (streams: readonly ChosenStream[]): ReadonlySet<number> =>
  new Set(streams.map(({ domain }) => domain));

/** Streams of one network of a domain. */
export interface StreamsOfNetwork {
  network: Pick<ChosenStream, 'domain' | 'sourceRow'>;
  /** By shape and timed, in one number. */
  streams: Map<number, ChosenStream>;
}

export function byNetwork(streams: readonly ChosenStream[]): Iterable<StreamsOfNetwork> {
  const networks = new Map<string, StreamsOfNetwork>();
  for (const stream of streams) {
    const key = `${stream.domain} ${stream.sourceRow}`;
    const wanted = networks.get(key) ?? { network: stream, streams: new Map() };
    networks.set(key, wanted);
    wanted.streams.set(stream.shapeId * 2 + stream.timed, stream);
  }
  return networks.values();
}
