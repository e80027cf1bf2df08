/** A map that forgets everything once it is full: copies of rows, cheap to read again. */
export interface BoundedCache<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  clear: () => void;
}

export function createBoundedCache<K, V>(limit: number): BoundedCache<K, V> {
  const entries = new Map<K, V>();
  return {
    get: (key) => entries.get(key),
    set: (key, value) => {
      if (entries.size >= limit) entries.clear();
      entries.set(key, value);
    },
    clear: () => entries.clear(),
  };
}
