import { address, query } from '../navigation.ts';
import { withQuery } from '../routes.ts';

/** Links to the next page of a list and back to its first; the place is in the address. */
export function Paging({ nextCursor, what }: { nextCursor: string | null; what: string }) {
  const hrefWith = (cursor: string | null): string =>
    withQuery(address.value.pathname, { ...Object.fromEntries(query.value), cursor });
  const beyondFirst = query.value.has('cursor');
  if (nextCursor === null && !beyondFirst) return null;
  return (
    <nav class="paging" aria-label={`Pages of ${what}`}>
      {beyondFirst && <a href={hrefWith(null)}>‹ Newest {what}</a>}
      {nextCursor !== null && <a href={hrefWith(nextCursor)}>Older {what} ›</a>}
    </nav>
  );
}
