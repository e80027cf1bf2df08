import type { DocumentReader } from '../ingest/read-document.ts';

/** No date lies ahead of it. */
const END_OF_TIME = Number.MAX_SAFE_INTEGER;

/** A clock that stands before the program was built is wrong: in words with what to do, else null. */
export function clockProblem(nowSeconds: number, builtSeconds: number | null): string | null {
  if (!isBehind(nowSeconds, builtSeconds)) return null;
  const now = new Date(nowSeconds * 1000).toISOString().slice(0, 16).replace('T', ' ');
  return (
    `The clock says ${now} UTC, which is before this version of Ruadmap was made. ` +
    'Secured connections fail by it, and times on the page are wrong; reports are counted on their own days.'
  );
}

/**
 * Reads dates by the clock only where the clock can be believed: with one that is behind, every report
 * of these days would lie ahead of it and be refused.
 */
export function readByClock<R extends DocumentReader>(reader: R, builtSeconds: number | null): R {
  return {
    ...reader,
    readAttachment: (bytes, place, nowSeconds) => {
      const before = isBehind(nowSeconds, builtSeconds) ? END_OF_TIME : nowSeconds;
      return reader.readAttachment(bytes, place, before);
    },
  };
}

const isBehind = (nowSeconds: number, builtSeconds: number | null): boolean =>
  builtSeconds !== null && nowSeconds < builtSeconds;
