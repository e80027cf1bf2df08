/** A row of the threat model, and the tests that show it. */
export interface RowShown {
  id: string;
  what: string;
  /** Files below `test`, each with a title that carries the id. */
  where: readonly string[];
}

const PAUSE = 'faults/storage-pause.test.ts';
const DAMAGE = 'faults/storage-damage.test.ts';
const PLACE = 'faults/storage-place.test.ts';
const TOLD = 'faults/told-in-words.test.ts';

/** Faults of the mail server and of what lies between. */
const P: readonly RowShown[] = [
  {
    id: 'P01',
    what: 'sessions cut anywhere',
    where: ['faults/cuts.test.ts', 'imap/faults.test.ts'],
  },
  { id: 'P02', what: 'goodbyes', where: ['imap/odd-answers.test.ts', TOLD] },
  {
    id: 'P03',
    what: 'a new UIDVALIDITY',
    where: ['faults/changed-mailbox.test.ts', 'imap/poll.test.ts'],
  },
  { id: 'P04', what: 'UIDs given out again', where: ['faults/changed-mailbox.test.ts'] },
  {
    id: 'P05',
    what: 'expunged meanwhile',
    where: [
      'faults/changed-mailbox.test.ts',
      'imap/odd-answers.test.ts',
      'imap/odd-servers.test.ts',
      'imap/poll.test.ts',
    ],
  },
  { id: 'P06', what: 'parts missing, too short or too long', where: ['imap/odd-answers.test.ts'] },
  {
    id: 'P07',
    what: 'refusals, unknown tags',
    where: [
      'imap/refusals.test.ts',
      'imap/odd-answers.test.ts',
      'imap/odd-servers.test.ts',
      'ingest/poll-retry.test.ts',
      TOLD,
    ],
  },
  {
    id: 'P08',
    what: 'refused logins',
    where: ['imap/refusals.test.ts', 'imap/run-mailbox.test.ts', 'ingest/poll-retry.test.ts', TOLD],
  },
  {
    id: 'P09',
    what: 'folders gone or closed',
    where: [
      'imap/changed-folders.test.ts',
      'imap/mailbox.test.ts',
      'imap/run-mailbox.test.ts',
      TOLD,
    ],
  },
  {
    id: 'P10',
    what: 'no greeting, no handshake',
    where: ['imap/untrusted.test.ts', 'imap/faults.test.ts'],
  },
  {
    id: 'P11',
    what: 'a byte now and then',
    where: ['faults/cuts.test.ts', 'imap/faults.test.ts', 'imap/poll.test.ts'],
  },
  {
    id: 'P12',
    what: 'parts and lines without end',
    where: ['imap/large-answers.test.ts', 'imap/odd-servers.test.ts', TOLD],
  },
  {
    id: 'P13',
    what: 'what nobody asked for',
    where: ['imap/odd-answers.test.ts', 'imap/odd-servers.test.ts', 'imap/large-answers.test.ts'],
  },
  {
    id: 'P14',
    what: 'numbers that lie',
    where: ['imap/odd-answers.test.ts', 'imap/odd-servers.test.ts', 'imap/large-answers.test.ts'],
  },
  {
    id: 'P15',
    what: 'servers that can little',
    where: [
      'imap/changed-folders.test.ts',
      'faults/after-commit.test.ts',
      'imap/odd-answers.test.ts',
      'imap/refusals.test.ts',
      TOLD,
    ],
  },
  {
    id: 'P16',
    what: 'moves refused or unheard',
    where: ['faults/after-commit.test.ts', 'faults/killed-while-moved.test.ts'],
  },
  {
    id: 'P17',
    what: 'connections that died in silence',
    where: ['imap/changed-folders.test.ts', 'imap/run-mailbox.test.ts'],
  },
  { id: 'P18', what: 'folders by any name', where: ['imap/mailbox.test.ts'] },
  {
    id: 'P19',
    what: 'servers that cannot be trusted',
    where: ['imap/untrusted.test.ts', 'imap/mailbox.test.ts', TOLD],
  },
  { id: 'P20', what: 'another client at work', where: ['faults/changed-mailbox.test.ts'] },
  { id: 'P21', what: 'the clock of the server', where: ['imap/changed-folders.test.ts'] },
];

/** Faults of the storage. */
const S: readonly RowShown[] = [
  {
    id: 'S01',
    what: 'killed at any point',
    where: [
      'faults/random-kills.test.ts',
      'faults/named-kills.test.ts',
      'faults/command-kills.test.ts',
    ],
  },
  { id: 'S02', what: 'durable before it is moved', where: ['faults/durable-before-moved.test.ts'] },
  {
    id: 'S03',
    what: 'a full disk',
    where: [PAUSE],
  },
  {
    id: 'S04',
    what: 'writes that fail',
    where: [PAUSE],
  },
  {
    id: 'S05',
    what: 'a locked database',
    where: [PAUSE],
  },
  {
    id: 'S06',
    what: 'a damaged database',
    where: [DAMAGE],
  },
  {
    id: 'S07',
    what: 'a place that cannot be used',
    where: [PLACE],
  },
  { id: 'S08', what: 'two on one database', where: ['acceptance/commands.test.ts'] },
  { id: 'S09', what: 'other versions of the schema', where: ['faults/migration-kills.test.ts'] },
  {
    id: 'S10',
    what: 'backups',
    where: [PLACE, 'acceptance/keep.test.ts'],
  },
  {
    id: 'S11',
    what: 'removed while it is used',
    where: [PLACE],
  },
  { id: 'S12', what: 'a reader that stays long', where: ['faults/long-reader.test.ts'] },
  {
    id: 'S13',
    what: 'without its log, or a week old',
    where: [PLACE],
  },
  {
    id: 'S14',
    what: 'a mail that kills its reader, or that it hangs over',
    where: [
      'faults/poison.test.ts',
      'server/reading-trial.test.ts',
      'server/ingest-supervisor.test.ts',
    ],
  },
];

/** Settings, clock and machine. */
const C: readonly RowShown[] = [
  {
    id: 'C01',
    what: 'a mailbox that is set wrong',
    where: ['acceptance/wrong-settings.test.ts', 'acceptance/commands.test.ts'],
  },
  {
    id: 'C02',
    what: 'settings that are hardly meant',
    where: ['acceptance/wrong-settings.test.ts', 'server/settings.test.ts'],
  },
  { id: 'C03', what: 'passwords anywhere else', where: ['faults/secrets.test.ts'] },
  { id: 'C04', what: 'a clock that is wrong', where: ['faults/clock.test.ts'] },
  { id: 'C05', what: 'a clock before the program', where: ['faults/clock.test.ts'] },
  { id: 'C06', what: 'signals, closed output', where: ['faults/signals.test.ts'] },
  { id: 'C07', what: 'a small machine', where: ['faults/small-machine.test.ts'] },
];

/** Groups whose rows have tests in several places. */
export const shownElsewhere: Readonly<Record<string, readonly RowShown[]>> = { P, S, C };

/** Groups whose rows are the tables of this folder: how many there are, and which come later. */
export const shownHere: Readonly<Record<string, { rows: number; later: readonly string[] }>> = {
  M: { rows: 24, later: [] },
  Z: { rows: 25, later: [] },
  X: { rows: 23, later: [] },
  // Provenance.
  V: { rows: 18, later: ['V18'] },
  I: { rows: 10, later: [] },
};
