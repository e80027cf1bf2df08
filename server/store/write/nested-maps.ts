/** The map that stands under `key`, made where there is none. */
export function inner<K, V>(maps: Map<number, Map<K, V>>, key: number): Map<K, V> {
  const known = maps.get(key);
  if (known !== undefined) return known;
  const map = new Map<K, V>();
  maps.set(key, map);
  return map;
}

export const inOrder = <V>(map: ReadonlyMap<number, V>): [number, V][] =>
  [...map].sort(([a], [b]) => a - b);
