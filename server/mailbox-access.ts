import type { AfterChoice, AfterSetting } from '../ingest/after-choice.ts';
import type { MailboxAccess } from '../ingest/mailbox-client.ts';
import { type SecretKey, unseal } from './secrets.ts';
import type { StoredMailbox, StoreReader, StoreWriter } from './store/store.ts';

/** A mailbox that is to be read; `access` is null where its password is needed again. */
export interface ConfiguredMailbox {
  id: number;
  mailbox: StoredMailbox;
  access: MailboxAccess | null;
  after: AfterSetting;
}

/** The mailbox that the environment names, and what it says of stored mail. */
export interface EnvironmentMailbox extends MailboxAccess {
  after: AfterChoice;
}

/** The mailbox of the environment, and those stored through the page; the former wins over an equal one. */
export async function configuredMailboxes(
  store: { reader: StoreReader; writer: StoreWriter },
  fromEnvironment: EnvironmentMailbox | null,
  key: SecretKey,
): Promise<ConfiguredMailbox[]> {
  const configured = await environmentMailbox(store.writer, fromEnvironment);
  const places = new Set(configured.map(({ mailbox }) => placeOf(mailbox)));
  for (const mailbox of await store.reader.mailboxes()) {
    if (mailbox.origin !== 'stored' || mailbox.secret === null) continue;
    if (places.has(placeOf(mailbox))) continue;
    const password = unseal(key, mailbox.secret);
    const { user, host, port, security, folder, caPem } = mailbox;
    const address = { user, host, port, security, folder };
    const access = password === null ? null : { address, password, caPem };
    const after = { choice: mailbox.after, movedFrom: [] };
    configured.push({ id: mailbox.id, mailbox, access, after });
  }
  return configured.map((one) => ({ ...one, after: withOthers(one, configured) }));
}

/** Two that move mail into each other's folders would never come to an end. */
function withOthers(
  { mailbox, after }: ConfiguredMailbox,
  all: readonly ConfiguredMailbox[],
): AfterSetting {
  const others = all.filter((other) => {
    return other.after.choice.kind === 'move' && accountOf(other.mailbox) === accountOf(mailbox);
  });
  const movedFrom = others.map((other) => other.mailbox.folder);
  return { ...after, movedFrom: movedFrom.filter((folder) => folder !== mailbox.folder) };
}

/** The mailbox of an environment, if it names one. */
export async function environmentMailbox(
  writer: StoreWriter,
  environment: EnvironmentMailbox | null,
): Promise<ConfiguredMailbox[]> {
  if (environment === null) return [];
  const { after: choice, ...access } = environment;
  const mailbox = await writer.ensureMailbox('environment', access.address, choice);
  return [{ id: mailbox.id, mailbox, access, after: { choice, movedFrom: [] } }];
}

const accountOf = ({ user, host, port }: StoredMailbox): string =>
  JSON.stringify([user, host.toLowerCase(), port]);

const placeOf = ({ user, host, port, folder }: StoredMailbox): string =>
  JSON.stringify([user, host.toLowerCase(), port, folder]);

export const PASSWORD_NEEDED = {
  code: 'password-needed',
  message: 'The key that sealed the password of this mailbox is gone.',
  advice: 'Put DATA/secret.key back, or enter the password again.',
};
