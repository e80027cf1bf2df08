import path from 'node:path';
import { createNaming } from '../../server/analysis/naming.ts';
import { openAsData } from '../../server/as-data.ts';
import { openReader, openWriter } from '../../server/store/open.ts';
import type { SourceNaming, StoreReader, StoreWriter } from '../../server/store/store.ts';
import { projectDir, temporaryDir } from '../program.ts';

/** A real store, opened in this process, with a mailbox in it. */
export interface FaultStore {
  dataDir: string;
  mailboxId: number;
  writer: StoreWriter;
  reader: StoreReader;
  remove(): Promise<void>;
}

let naming: SourceNaming | null = null;

/** The naming of the built program. */
export const ownNaming = (): SourceNaming =>
  (naming ??= createNaming(openAsData(path.join(projectDir, 'dist/as-data.bin'))));

export async function tempStore(): Promise<FaultStore> {
  const { dir: dataDir, remove } = temporaryDir();
  const migrationsDir = path.join(projectDir, 'migrations');
  const writer = openWriter({ dataDir, migrationsDir, naming: ownNaming() });
  const reader = openReader({ dataDir });
  const { id: mailboxId } = await writer.ensureMailbox('environment', {
    ...{ user: 'me@example.org', host: 'imap.example.org', folder: 'INBOX' },
    ...{ port: 993, security: 'tls' },
  });
  return {
    dataDir,
    mailboxId,
    writer,
    reader,
    remove: async () => {
      await reader.close();
      await writer.close();
      remove();
    },
  };
}
