import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { createRandom, integer, pick, type Random } from '../../server/demo/random.ts';

/** One way in which the files of a store may be damaged; every number comes from the seed. */
export interface Damage {
  about: string;
  /** A store whose writer was killed has a log beside its database. */
  of: 'closed' | 'killed';
  to: (dataDir: string) => void;
}

const PAGE_BYTES = 4096;
const DATABASE = 'ruadmap.db';
const LOG = 'ruadmap.db-wal';

/** How many of a hundred, by kind. */
const KINDS: readonly (readonly [share: number, make: (random: Random) => Damage])[] = [
  [45, (random) => flip('closed', DATABASE, random)],
  [15, (random) => overwritePage(random)],
  [12, (random) => flip('closed', DATABASE, random, 100)],
  [5, (random) => cut('closed', DATABASE, random)],
  [1, () => emptied()],
  [1, () => removed('closed', DATABASE)],
  [5, (random) => flip('killed', DATABASE, random)],
  [10, (random) => flip('killed', LOG, random)],
  [1, (random) => flip('killed', LOG, random, 32)],
  [4, (random) => cut('killed', LOG, random)],
  [1, () => removed('killed', LOG)],
];

/** So many damages of all kinds, mixed; the same for the same seed. */
export function damages(seed: number, count: number): Damage[] {
  const random = createRandom(seed);
  const kinds = KINDS.flatMap(([share, make]) => Array.from({ length: share }, () => make));
  // Every kind once, before they come by their share.
  const first = KINDS.map(([, make]) => make(random));
  const more = Array.from({ length: Math.max(0, count - first.length) }, () =>
    pick(random, kinds)(random),
  );
  return [...first, ...more].slice(0, count);
}

function flip(
  of: Damage['of'],
  name: string,
  random: Random,
  firstBytes = Number.POSITIVE_INFINITY,
): Damage {
  const [part, bit] = [random(), integer(random, 8)];
  const where = Number.isFinite(firstBytes) ? `the first ${firstBytes} bytes` : 'all bytes';
  return {
    about: `bit ${bit} of the byte at ${part} of ${where} of a ${of} ${name} flipped`,
    of,
    to: (dataDir) => {
      const file = path.join(dataDir, name);
      const bytes = readFileSync(file);
      const at = Math.floor(part * Math.min(bytes.length, firstBytes));
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
      writeFileSync(file, bytes);
    },
  };
}

function overwritePage(random: Random): Damage {
  const [part, fill] = [random(), integer(random, 256)];
  return {
    about: `page at ${part} overwritten with ${fill}`,
    of: 'closed',
    to: (dataDir) => {
      const file = path.join(dataDir, DATABASE);
      const bytes = readFileSync(file);
      const page = Math.floor((part * bytes.length) / PAGE_BYTES);
      bytes.fill(fill, page * PAGE_BYTES, (page + 1) * PAGE_BYTES);
      writeFileSync(file, bytes);
    },
  };
}

function cut(of: Damage['of'], name: string, random: Random): Damage {
  const part = random();
  return {
    about: `a ${of} ${name} cut off at ${part}`,
    of,
    to: (dataDir) => {
      const file = path.join(dataDir, name);
      truncateSync(file, Math.floor(part * statSync(file).size));
    },
  };
}

const emptied = (): Damage => ({
  about: 'the database emptied',
  of: 'closed',
  to: (dataDir) => truncateSync(path.join(dataDir, DATABASE), 0),
});

const removed = (of: Damage['of'], name: string): Damage => ({
  about: `a ${of} ${name} removed`,
  of,
  to: (dataDir) => rmSync(path.join(dataDir, name)),
});

/** As files are copied out of a machine that crashed: the marker, the database and its log. */
export function copyStore(from: string, to: string): void {
  mkdirSync(to);
  for (const name of [DATABASE, LOG, 'ruadmap.created']) {
    const file = path.join(from, name);
    if (existsSync(file)) copyFileSync(file, path.join(to, name));
  }
}

/** The bytes of database and log, to see whether a refusal left them as they were. */
export const bytesOf = (dataDir: string): string =>
  [DATABASE, LOG]
    .map((name) => path.join(dataDir, name))
    // SQLite makes an empty log where it looks and finds none.
    .map((file) => (existsSync(file) ? readFileSync(file).toString('base64') : ''))
    .join(' ');
