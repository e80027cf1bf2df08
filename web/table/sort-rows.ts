/** Which column a table is sorted by; in the address 'messages', or '-messages' for descending. */
export interface Sort {
  key: string;
  descending: boolean;
}

export type SortValue = string | number | null;

export const sortText = ({ key, descending }: Sort): string => (descending ? `-${key}` : key);

/** Reads the address; anything that is no column of the table gives the fallback. */
export function parseSort(text: string | null, keys: readonly string[], fallback: Sort): Sort {
  if (text === null) return fallback;
  const descending = text.startsWith('-');
  const key = descending ? text.slice(1) : text;
  return keys.includes(key) ? { key, descending } : fallback;
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** A sorted copy. What is unknown comes last in either direction; equals keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  valueOf: (row: Row) => SortValue,
  descending: boolean,
): Row[] {
  return [...rows].sort((left, right) => {
    const a = valueOf(left);
    const b = valueOf(right);
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const order =
      typeof a === 'number' && typeof b === 'number'
        ? a - b
        : collator.compare(String(a), String(b));
    return descending ? -order : order;
  });
}
