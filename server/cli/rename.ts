import { ensureDataDir, own } from '../data-dir.ts';
import { openIngest } from '../open-ingest.ts';
import { handOver } from '../owner-socket.ts';
import type { ProgramFiles } from '../program-files.ts';

/** Has the addresses of a domain named after what DNS says now, by the owner of the data directory. */
export async function rename(
  { files, dataDir: wanted }: { files: ProgramFiles; dataDir: string },
  domain: string,
): Promise<void> {
  const dataDir = ensureDataDir(wanted);
  const { lock } = own(dataDir);
  if (lock === null) {
    // Without an answer the owner does it at its next look at DNS.
    await handOver(dataDir, { kind: 'rename', domain }, () => undefined);
    return;
  }
  try {
    const { writer } = openIngest(files, dataDir);
    await writer.renameAddresses(domain);
    await writer.close();
  } finally {
    lock.release();
  }
}
