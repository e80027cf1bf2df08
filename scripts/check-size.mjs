// What a visitor downloads and what a package holds must not grow unnoticed.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const dist = path.resolve(import.meta.dirname, '../dist');
const KIB = 1024;

function* filesIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(full);
    else yield full;
  }
}

const packedKib = (suffix) =>
  [...filesIn(path.join(dist, 'web'))]
    .filter((file) => file.endsWith(suffix))
    .reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0) / KIB;

const figures = [
  { name: 'page, scripts, gzip', kib: packedKib('.js'), most: 80 },
  { name: 'page, styles, gzip', kib: packedKib('.css'), most: 12 },
  { name: 'AS data', kib: statSync(path.join(dist, 'as-data.bin')).size / KIB, most: 10_000 },
];
for (const { name, kib, most } of figures) {
  console.log(`${kib <= most ? 'ok ' : 'TOO LARGE'} ${name}: ${kib.toFixed(1)} KiB of ${most}`);
  if (kib > most) process.exitCode = 1;
}
