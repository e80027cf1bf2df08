import { cutTo } from '../../ingest/text.ts';
import type { DomainMail, UserWords } from '../store/domain-mail.ts';
import type { Note } from '../store/store.ts';
import type { Change } from './change-types.ts';
import { policyChanges } from './changes/policy-changes.ts';
import { historiesOf, newestReportedDay, oldestDayOf } from './changes/source-history.ts';
import { sourceMarks } from './changes/source-marks.ts';
import type { ClassifiedSource } from './classified.ts';

export interface ChangeFacts {
  mail: DomainMail;
  classification: { sources: readonly ClassifiedSource[] };
  words: Pick<UserWords, 'rhythms'>;
  notes: readonly Pick<Note, 'day' | 'text' | 'by'>[];
  /** What a snapshot says otherwise than the one before it, in words; none for the first one. */
  dnsHistory: readonly { askedSeconds: number; changes: readonly string[] }[];
}

const DAY_SECONDS = 86_400;
/** Characters that a mark on a chart has room for. */
const LABEL_CHARACTERS = 40;
const KINDS: readonly Change['kind'][] = ['policy', 'dns', 'source-first', 'source-last', 'note'];

/**
 * Everything that happened to the domain on a day of the range, for the marks on the charts: days
 * ascending, both ends included.
 */
export function changesOf(facts: ChangeFacts, range: { from: number; to: number }): Change[] {
  const { mail, classification, words, notes, dnsHistory } = facts;
  const oldestDay = oldestDayOf(mail);
  const newestDay = newestReportedDay(mail);
  const marks =
    oldestDay === null || newestDay === null
      ? []
      : sourceMarks(historiesOf(mail, classification.sources, words.rhythms), {
          oldestDay,
          newestDay,
        });
  return [...policyChanges(mail), ...dnsHistory.flatMap(dnsChange), ...marks, ...notes.map(noted)]
    .filter(({ day }) => day >= range.from && day <= range.to)
    .sort(byDay);
}

function dnsChange({ askedSeconds, changes }: ChangeFacts['dnsHistory'][number]): Change[] {
  const [first] = changes;
  if (first === undefined) return [];
  return [
    {
      day: Math.floor(askedSeconds / DAY_SECONDS),
      kind: 'dns',
      label: changes.length === 1 ? shortened(first) : `DNS: ${changes.length} changes`,
      text: changes.map((change) => change.replace(/[^.!?]$/, '$&.')).join(' '),
      sourceId: null,
    },
  ];
}

function noted({ day, text, by }: ChangeFacts['notes'][number]): Change {
  return {
    day,
    kind: 'note',
    label: shortened(text),
    text: by === '' ? text : `${text} (${by})`,
    sourceId: null,
  };
}

function shortened(text: string): string {
  const plain = text.replace(/\.$/, '');
  if (plain.length <= LABEL_CHARACTERS) return plain;
  return `${cutTo(plain, LABEL_CHARACTERS - 1).trimEnd()}…`;
}

function byDay(a: Change, b: Change): number {
  return (
    a.day - b.day || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.text < b.text ? -1 : 1)
  );
}
