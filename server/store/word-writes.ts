import type { Connection } from './connection.ts';
import { createCountUp } from './count-up.ts';
import type { ClassWord, MailClass, Waiver } from './domain-mail.ts';
import type { Note } from './store.ts';

type Value = string | number | null;

/** What the user says of a domain and its sources. The last word holds; null takes it back. */
export function createWordWrites(database: Connection) {
  const countUp = createCountUp(database);
  const put = (table: string, columns: string) => {
    const places = columns.replace(/\w+/g, '?');
    const save = database.prepare<Value[]>(
      `INSERT OR REPLACE INTO ${table} (${columns}) VALUES (${places})`,
    );
    return (domain: string, ...values: Value[]): void => {
      save.run(domain, ...values);
      countUp(domain);
    };
  };
  const takeBack = (table: string, column: string) => {
    const drop = database.prepare<[string, string | number]>(
      `DELETE FROM ${table} WHERE policy_domain = ? AND ${column} = ?`,
    );
    return (domain: string, key: string | number): void => {
      drop.run(domain, key);
      countUp(domain);
    };
  };
  const putClass = put(
    'source_class',
    'policy_domain, source_id, class, day, decided_by, note, decided_seconds',
  );
  const takeBackClass = takeBack('source_class', 'source_id');
  const putFixed = put('source_fixed', 'policy_domain, source_id, day, marked_by, note');
  const takeBackFixed = takeBack('source_fixed', 'source_id');
  const putRhythm = put('source_rhythm', 'policy_domain, source_id, every_days, told_by');
  const takeBackRhythm = takeBack('source_rhythm', 'source_id');
  const putWaiver = put('waiver', 'policy_domain, gate, waived_by, day, reason, until_day');

  return {
    classify: (
      domain: string,
      word: Omit<ClassWord, 'class'> & { class: MailClass | null },
      nowSeconds: number,
    ): void => {
      const { sourceId, class: mailClass, day, by, note } = word;
      if (mailClass === null) takeBackClass(domain, sourceId);
      else putClass(domain, sourceId, mailClass, day, by, note, nowSeconds);
    },
    markFixed: (
      ...[domain, sourceId, day, by, note]: [string, string, number | null, string, string | null]
    ): void => {
      if (day === null) takeBackFixed(domain, sourceId);
      else putFixed(domain, sourceId, day, by, note);
    },
    setRhythm: (domain: string, sourceId: string, everyDays: number | null, by: string): void => {
      if (everyDays === null) takeBackRhythm(domain, sourceId);
      else putRhythm(domain, sourceId, everyDays, by);
    },
    waive: (domain: string, { gate, by, day, reason, untilDay }: Waiver): void =>
      putWaiver(domain, gate, by, day, reason, untilDay),
    takeBackWaiver: takeBack('waiver', 'gate'),
    ...domainWords(database, countUp),
    ...notes(database, countUp, takeBack('note', 'id')),
  };
}

function domainWords(database: Connection, countUp: (domain: string) => void) {
  const save = (columns: readonly string[]) =>
    database.prepare<Value[]>(/* sql */ `
      INSERT INTO domain_word (policy_domain, ${columns.join(', ')})
      VALUES (?, ${columns.map(() => '?').join(', ')})
      ON CONFLICT DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}
    `);
  const sendsNothing = save(['sends_nothing_day', 'sends_nothing_by']);
  const microsoftTenants = save(['microsoft_tenants']);
  return {
    saySendsNothing: (domain: string, day: number | null, by: string): void => {
      sendsNothing.run(domain, day, day === null ? null : by);
      countUp(domain);
    },
    setMicrosoftTenants: (domain: string, tenants: readonly string[]): void => {
      microsoftTenants.run(domain, tenants.length === 0 ? null : JSON.stringify(tenants));
      countUp(domain);
    },
  };
}

function notes(
  database: Connection,
  countUp: (domain: string) => void,
  remove: (domain: string, id: number) => void,
) {
  const save = database.prepare<[string, number, string, string, number]>(/* sql */ `
    INSERT INTO note (policy_domain, day, text, written_by, written_seconds) VALUES (?, ?, ?, ?, ?)
  `);
  return {
    saveNote: (domain: string, note: Omit<Note, 'id'>): Note => {
      const { day, text, by, writtenSeconds } = note;
      const made = save.run(domain, day, text, by, writtenSeconds);
      countUp(domain);
      return { id: Number(made.lastInsertRowid), day, text, by, writtenSeconds };
    },
    removeNote: remove,
  };
}
