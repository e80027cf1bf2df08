import { expect, test } from 'vitest';
import { openReader } from '../../../server/store/open.ts';
import { openForWriting } from '../../../server/store/connection.ts';
import { storeFiles } from '../../../server/store/store-files.ts';
import { aDocument, aMessage, aReport } from './a-report.ts';
import { openTempStore } from './temp-store.ts';

test.each([
  ['profile', 'body'],
  ['report', 'warnings'],
])(
  'a text of %s that is no JSON any more is told as damage, not as a fault',
  async (table, column) => {
    const { writer, dataDir, mailboxId } = await openTempStore();
    const key = { mailboxId, uidValidity: '7', uid: 1, name: '' };
    await writer.commit([aMessage(key, aDocument(aReport()))], 1_773_000_000);
    const database = openForWriting(storeFiles(dataDir).database);
    database.exec(`UPDATE ${table} SET ${column} = '[1,'`);
    database.close();
    const reader = openReader({ dataDir });
    const asked = table === 'profile' ? reader.rows(1, 0, 10) : reader.report(1);
    await expect(asked).rejects.toMatchObject({ name: 'StoreProblem', code: 'damaged' });
    await reader.close();
  },
);
