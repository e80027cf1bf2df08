import type { DecodedDocument } from '../../ingest/decode-document.ts';
import type { KeptBytes } from '../../ingest/document.ts';
import type { KeptReader } from '../../ingest/read-document.ts';
import type { Warning } from '../../ingest/report.ts';
import { bad, ok, type Result } from '../../ingest/result.ts';

/**
 * Reads kept bytes that must be those of a hash.
 * @param warnings told at their first reading
 * @returns how they are damaged, where they are not
 */
export async function readWholeBytes(
  reader: KeptReader,
  kept: KeptBytes,
  expectedSha256: string,
  warnings: readonly Warning[],
): Promise<Result<DecodedDocument, string>> {
  try {
    const decoded = await reader.readKept(kept, warnings);
    const { contentSha256 } = decoded;
    return contentSha256 === expectedSha256 ? ok(decoded) : bad(`their hash is ${contentSha256}`);
  } catch (error) {
    return bad((error as Error).message);
  }
}
