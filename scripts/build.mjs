// Compiles the server, packs the AS data and builds the page into dist/.
// With --if-stale it does so only where a source is newer than the last build.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const stamp = path.join(root, 'dist/.stamp');
const SOURCES = ['server', 'ingest', 'web', 'scripts', 'tsconfig.json', 'package-lock.json'];

function newestMs(entry) {
  const full = path.join(root, entry);
  const { mtimeMs } = statSync(full);
  if (!statSync(full).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(full).map((name) => newestMs(path.join(entry, name))));
}

const isStale = () =>
  !existsSync(stamp) || SOURCES.some((entry) => newestMs(entry) > statSync(stamp).mtimeMs);

function node(script, ...args) {
  execFileSync(process.execPath, [path.join(root, script), ...args], {
    cwd: root,
    // A build asked for in passing must not mix into what the command prints on standard output.
    stdio: ['ignore', 2, 2],
  });
}

if (!process.argv.includes('--if-stale') || isStale()) {
  const startedMs = Date.now();
  for (const part of ['server', 'ingest', 'web']) {
    rmSync(path.join(root, 'dist', part), { recursive: true, force: true });
  }
  node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--noCheck');
  node('scripts/pack-as-data.mjs');
  node(
    'node_modules/vite/bin/vite.js',
    'build',
    '--config',
    'web/vite.config.ts',
    '--logLevel',
    'warn',
  );
  // What a clock is held against: one that stands before this moment is wrong.
  const builtSeconds = Math.floor(startedMs / 1000);
  writeFileSync(path.join(root, 'dist/built.json'), JSON.stringify({ builtSeconds }));
  writeFileSync(stamp, '');
  // Sources saved while the build ran are newer than it.
  utimesSync(stamp, startedMs / 1000, startedMs / 1000);
}
