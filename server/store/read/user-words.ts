import type { Connection } from '../connection.ts';
import type { ClassWord, UserWords, Waiver } from '../domain-mail.ts';
import type { Note } from '../store.ts';
import { storedJson } from '../stored-json.ts';

interface DomainWord {
  day: number | null;
  by: string | null;
  tenants: string | null;
}

/** What the user has said about a domain. */
export function createUserWords(database: Connection) {
  const classes = database.prepare<[domain: string], ClassWord>(/* sql */ `
    SELECT source_id AS sourceId, class, day, decided_by AS by, note
    FROM source_class WHERE policy_domain = ? ORDER BY source_id
  `);
  const fixed = database.prepare<[domain: string], UserWords['fixed'][number]>(/* sql */ `
    SELECT source_id AS sourceId, day, marked_by AS by, note
    FROM source_fixed WHERE policy_domain = ? ORDER BY source_id
  `);
  const rhythms = database.prepare<[domain: string], UserWords['rhythms'][number]>(/* sql */ `
    SELECT source_id AS sourceId, every_days AS everyDays, told_by AS by
    FROM source_rhythm WHERE policy_domain = ? ORDER BY source_id
  `);
  const waivers = database.prepare<[domain: string], Waiver>(/* sql */ `
    SELECT gate, waived_by AS by, day, reason, until_day AS untilDay
    FROM waiver WHERE policy_domain = ? ORDER BY gate
  `);
  const domainWord = database.prepare<[domain: string], DomainWord>(/* sql */ `
    SELECT sends_nothing_day AS day, sends_nothing_by AS by, microsoft_tenants AS tenants
    FROM domain_word WHERE policy_domain = ?
  `);
  const notes = database.prepare<[domain: string], Note>(/* sql */ `
    SELECT id, day, text, written_by AS by, written_seconds AS writtenSeconds
    FROM note WHERE policy_domain = ? ORDER BY day DESC, id DESC
  `);
  return {
    userWords: (domain: string): UserWords => {
      const { day, by, tenants } = domainWord.get(domain) ?? { day: null, by: null, tenants: null };
      return {
        classes: classes.all(domain),
        fixed: fixed.all(domain),
        rhythms: rhythms.all(domain),
        waivers: waivers.all(domain),
        sendsNothing: day === null || by === null ? null : { day, by },
        microsoftTenants: tenants === null ? [] : (storedJson(tenants) as string[]),
      };
    },
    notes: (domain: string): Note[] => notes.all(domain),
  };
}
