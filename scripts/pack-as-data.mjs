// Packs the AS data of the development dependency @ip-location-db/asn into one file that the server
// reads in place; server/as-data.ts describes the format. Does nothing where the file is of the same
// version already, and nothing but say so where the package is not installed.
//
//   node scripts/pack-as-data.mjs [PACKAGE-FOLDER [OUTPUT]]
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readSync } from 'node:fs';
import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const MAGIC = 0x41415552;
const FORMAT = 1;
const HEADER_BYTES = 64;
const VERSION_OFFSET = 24;

const root = path.resolve(import.meta.dirname, '..');
const packageFolder = process.argv[2] ?? path.join(root, 'node_modules/@ip-location-db/asn');
const output = process.argv[3] ?? path.join(root, 'dist/as-data.bin');
console.log(`AS data: ${pack()}`);

function pack() {
  const manifest = path.join(packageFolder, 'package.json');
  if (!existsSync(manifest))
    return '@ip-location-db/asn is not installed; sources will be named by address block.';
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  if (packedVersion() === version) return `up to date (${version}).`;
  const startedMs = performance.now();
  const file = packed(
    readFileSync(path.join(packageFolder, 'asn-ipv4-num.csv'), 'utf8'),
    readFileSync(path.join(packageFolder, 'asn-ipv6-num.csv'), 'utf8'),
    version,
  );
  mkdirSync(path.dirname(output), { recursive: true });
  // Renamed into place, so that a build cut short leaves no half file behind.
  writeFileSync(`${output}.part`, file);
  renameSync(`${output}.part`, output);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  return `packed ${version}, ${(file.length / 1e6).toFixed(1)} MB in ${seconds} s.`;
}

function packedVersion() {
  if (!existsSync(output)) return null;
  const header = Buffer.alloc(HEADER_BYTES);
  const descriptor = openSync(output, 'r');
  readSync(descriptor, header, 0, HEADER_BYTES, 0);
  closeSync(descriptor);
  if (header.readUInt32LE(0) !== MAGIC || header.readUInt32LE(4) !== FORMAT) return null;
  return header.toString('utf8', VERSION_OFFSET).replace(/\0+$/, '');
}

function packed(ipv4Csv, ipv6Csv, version) {
  const systems = { places: new Map(), asns: [0], names: [Buffer.alloc(0)] };
  const ipv4 = entriesOf(ipv4Csv, systems, Number);
  // Kept by /64: of ranges inside one /64 the first stands.
  const ipv6 = entriesOf(ipv6Csv, systems, (address) => BigInt(address) >> 64n);
  let nameEnd = 0;
  const nameEnds = systems.names.map((name) => (nameEnd += name.length));

  const header = Buffer.alloc(HEADER_BYTES);
  const counts = [ipv4.starts.length, ipv6.starts.length, systems.asns.length, nameEnd];
  [MAGIC, FORMAT, ...counts].forEach((word, i) => header.writeUInt32LE(word, 4 * i));
  header.write(version, VERSION_OFFSET);
  return Buffer.concat([
    header,
    words(ipv4.starts),
    words(ipv4.systems),
    words(ipv6.starts.map((start) => Number(start >> 32n))),
    words(ipv6.starts.map((start) => Number(start & 0xffffffffn))),
    words(ipv6.systems),
    words(systems.asns),
    words(nameEnds),
    ...systems.names,
  ]);
}

/** Starts of ranges, ascending, each with the place of its AS; place 0 fills the gaps between ranges. */
function entriesOf(csv, systems, read) {
  const starts = [];
  const placesOfStarts = [];
  const push = (start, place) => {
    if (placesOfStarts.at(-1) === place) return;
    starts.push(start);
    placesOfStarts.push(place);
  };
  let free = null;
  for (const line of csv.split('\n')) {
    const [, first, last, asn, name] = /^(\d+),(\d+),(\d+),(.*?)\r?$/.exec(line) ?? [];
    if (first === undefined) continue;
    const start = read(first);
    const end = read(last);
    if (free !== null && end < free) continue;
    if (free !== null && start > free) push(free, 0);
    push(free !== null && start < free ? free : start, placeOf(systems, Number(asn), name));
    free = typeof end === 'bigint' ? end + 1n : end + 1;
  }
  if (free !== null) push(free, 0);
  return { starts, systems: placesOfStarts };
}

function placeOf(systems, asn, name) {
  const known = systems.places.get(asn);
  if (known !== undefined) return known;
  const place = systems.asns.push(asn) - 1;
  const plain = name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
  systems.names.push(Buffer.from(plain));
  systems.places.set(asn, place);
  return place;
}

function words(numbers) {
  const bytes = Buffer.alloc(4 * numbers.length);
  // The end of the last range may be the end of all addresses, one more than a word can hold.
  numbers.forEach((number, i) => bytes.writeUInt32LE(Math.min(number, 0xffffffff), 4 * i));
  return bytes;
}
