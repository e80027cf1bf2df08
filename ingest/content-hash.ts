import { createHash, hash, type Hash } from 'node:crypto';

/** SHA-256 of a document as its bytes come. */
export interface ContentHash {
  /** The bytes must stay as they are until the next ones come. */
  update(bytes: Buffer): void;
  /** Lower-case hex. */
  digest(): string;
}

/** What comes in one piece, as nearly all documents do, is hashed in one call: it takes a third of the time. */
export function createContentHash(): ContentHash {
  let only: Buffer | null = null;
  let all: Hash | null = null;
  return {
    update(bytes) {
      if (all === null && only === null) only = bytes;
      else {
        all ??= createHash('sha256').update(only ?? Buffer.alloc(0));
        only = null;
        all.update(bytes);
      }
    },
    digest: () => all?.digest('hex') ?? hash('sha256', only ?? Buffer.alloc(0), 'hex'),
  };
}
