import type { AfterProblem } from '../../../ingest/after-problem.ts';
import type {
  AfterMethod,
  CopyTarget,
  DueMessage,
  OpenAction,
} from '../../../ingest/after-plan.ts';
import type { DueQuery } from '../../../ingest/poll-after-ledger.ts';
import type { Connection } from '../connection.ts';

const DAY_SECONDS = 86_400;

type FlagAsNumber<T> = Omit<T, 'isCopied'> & { isCopied: 0 | 1 };

const withFlag = <T extends DueMessage>(row: FlagAsNumber<T>): T =>
  ({ ...row, isCopied: row.isCopied === 1 }) as T;

/** What is asked of the mail server about a message whose report is stored, and how that ended. */
export function createAfterWrites(database: Connection) {
  const due = createDueMessages(database);
  const open = database.prepare<[mailboxId: number], FlagAsNumber<OpenRow>>(/* sql */ `
    SELECT ${MESSAGE_COLUMNS}, a.state = 'copied' AS isCopied,
           m.uid_validity AS uidValidity, a.method,
           a.target_folder AS folder, a.target_uid_validity AS targetUidValidity,
           a.target_from_uid AS fromUid
    FROM after_action AS a INDEXED BY after_action_open
    JOIN message AS m ON m.id = a.message_id
    WHERE a.mailbox_id = ? AND a.ended_seconds IS NULL ORDER BY m.uid
  `);
  const ask = database.prepare<(string | number | null)[]>(/* sql */ `
    INSERT OR REPLACE INTO after_action (
      message_id, mailbox_id, method, state, asked_seconds,
      target_folder, target_uid_validity, target_from_uid
    ) VALUES (?, ?, ?, 'asked', ?, ?, ?, ?)
  `);
  // A copy keeps the moment at which it was asked for, and where it went.
  const end = database.prepare<[number, number, string, string, number, number | null]>(/* sql */ `
    INSERT INTO after_action (message_id, mailbox_id, method, state, asked_seconds, ended_seconds)
    VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET
      method = excluded.method, state = excluded.state, ended_seconds = excluded.ended_seconds
  `);
  const forget = database.prepare<[messageId: number]>(
    'DELETE FROM after_action WHERE message_id = ?',
  );
  return {
    dueMessages: due,
    openActions: (mailboxId: number): OpenAction[] => open.all(mailboxId).map(openActionOf),
    askActions: (
      mailboxId: number,
      messages: readonly DueMessage[],
      method: AfterMethod,
      target: CopyTarget | null,
      nowSeconds: number,
    ): void => {
      const { folder, uidValidity, fromUid } = target ?? NO_TARGET;
      for (const { messageId } of messages) {
        ask.run(messageId, mailboxId, method, nowSeconds, folder, uidValidity, fromUid);
      }
    },
    endActions: (
      mailboxId: number,
      messages: readonly DueMessage[],
      method: AfterMethod,
      state: 'copied' | 'done' | 'gone' | 'other',
      nowSeconds: number,
    ): void => {
      const ended = state === 'copied' ? null : nowSeconds;
      for (const { messageId } of messages) {
        end.run(messageId, mailboxId, method, state, nowSeconds, ended);
      }
    },
    forgetActions: (messages: readonly DueMessage[]): void => {
      for (const { messageId } of messages) forget.run(messageId);
    },
  };
}

const NO_TARGET = { folder: null, uidValidity: null, fromUid: null };

const MESSAGE_COLUMNS = /* sql */ `
  m.id AS messageId, m.uid, m.size_bytes AS sizeBytes, m.header_block AS headerBlock
`;

/** Of mail that was only marked, more may be wanted by now; what ended otherwise is not touched again. */
function createDueMessages(database: Connection): (query: DueQuery) => DueMessage[] {
  const find = database.prepare<
    [Record<string, string | number>],
    FlagAsNumber<DueMessage>
  >(/* sql */ `
    SELECT ${MESSAGE_COLUMNS}, a.state IS NOT NULL AND a.state = 'copied' AS isCopied
    FROM message AS m LEFT JOIN after_action AS a ON a.message_id = m.id
    WHERE m.mailbox_id = @mailboxId AND m.uid_validity = @uidValidity AND m.uid > @aboveUid
      AND m.name = '' AND m.state = 'done' AND m.decided_seconds <= @decidedUpTo
      AND (a.message_id IS NULL
        OR (a.state = 'copied' AND @kind = 'move')
        OR (a.state = 'done' AND a.method = 'mark' AND @kind <> 'mark'))
      AND EXISTS (SELECT 1 FROM document AS d WHERE d.message_id = m.id)
      AND NOT EXISTS (
        SELECT 1 FROM document AS d
        WHERE d.message_id = m.id AND (
          d.outcome NOT IN ('stored', 'duplicate')
          OR (@kind = 'delete' AND NOT EXISTS (
            SELECT 1 FROM kept AS k WHERE k.content_sha256 = d.content_sha256))))
    ORDER BY m.uid LIMIT @limit
  `);
  return ({ choice, nowSeconds, ...rest }) => {
    const decidedUpTo =
      choice.kind === 'delete' ? nowSeconds - choice.days * DAY_SECONDS : nowSeconds;
    return find.all({ ...rest, kind: choice.kind, decidedUpTo }).map((row) => withFlag(row));
  };
}

interface OpenRow extends DueMessage {
  uidValidity: string;
  method: AfterMethod;
  folder: string | null;
  targetUidValidity: string | null;
  fromUid: number | null;
}

function openActionOf(row: FlagAsNumber<OpenRow>): OpenAction {
  const { folder, targetUidValidity, fromUid, ...action } = withFlag<OpenRow>(row);
  const target =
    folder === null || targetUidValidity === null || fromUid === null
      ? null
      : { folder, uidValidity: targetUidValidity, fromUid };
  return { ...action, target };
}

/** Why nothing is done although it was chosen. The same problem keeps the moment it began. */
export function createAfterProblemWrites(database: Connection) {
  const save = database.prepare<[number, string, string, string, number]>(/* sql */ `
    INSERT INTO after_problem (mailbox_id, code, message, advice, since_seconds)
    VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET
      since_seconds = CASE code WHEN excluded.code THEN since_seconds ELSE excluded.since_seconds END,
      code = excluded.code, message = excluded.message, advice = excluded.advice
  `);
  const remove = database.prepare<[mailboxId: number]>(
    'DELETE FROM after_problem WHERE mailbox_id = ?',
  );
  return (mailboxId: number, problem: AfterProblem | null, nowSeconds: number): void => {
    if (problem === null) remove.run(mailboxId);
    else save.run(mailboxId, problem.code, problem.message, problem.advice, nowSeconds);
  };
}
