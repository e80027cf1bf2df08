import { openForWriting } from './connection.ts';
import { createMailboxList } from './mailbox-rows.ts';
import type { SealedSecret } from './store.ts';
import { storeFiles } from './store-files.ts';
import { guarded } from './store-problem.ts';

/**
 * Seals every stored secret anew, all in one durable transaction. Only for the owner of the data
 * directory. `reseal` answers null for a secret that it cannot read, which stays as it is.
 * @throws StoreProblem; then every secret is as before.
 */
export function resealSecrets(
  dataDir: string,
  reseal: (sealed: SealedSecret) => SealedSecret | null,
): { resealed: number; unreadable: number } {
  return guarded(() => {
    const database = openForWriting(storeFiles(dataDir).database);
    try {
      const mailboxes = createMailboxList(database);
      const update = database.prepare<[string, Buffer, Buffer, number]>(/* sql */ `
        UPDATE mailbox SET secret_key_id = ?, secret_nonce = ?, secret_ciphertext = ? WHERE id = ?
      `);
      return database
        .transaction(() => {
          const counts = { resealed: 0, unreadable: 0 };
          for (const { id, secret } of mailboxes()) {
            if (secret === null) continue;
            const next = reseal(secret);
            if (next === null) counts.unreadable++;
            else {
              update.run(next.keyId, next.nonce, next.ciphertext, id);
              counts.resealed++;
            }
          }
          return counts;
        })
        .immediate();
    } finally {
      database.close();
    }
  });
}
