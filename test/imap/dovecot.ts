import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dovecotPath } from '../parts.ts';
import { dovecotConfig, type DovecotFiles } from './dovecot-config.ts';
import { freePort } from './free-port.ts';
import { type Maildir, openMaildir } from './maildir.ts';

/** A real Dovecot of a test's own: unprivileged, on 127.0.0.1, with users and mail in a temporary folder. */
export interface Dovecot {
  /** Plain and STARTTLS. */
  port: number;
  tlsPort: number;
  /** PEM of its self-signed certificate, for localhost and 127.0.0.1. */
  caPem: string;
  maildir(user: string): Maildir;
  log(): string;
  stop(): Promise<void>;
}

const UNPRIVILEGED_ID = 65534;

export interface DovecotOptions {
  /** false: a server that offers no encryption at all. */
  tls?: boolean;
  certificate?: 'good' | 'expired' | 'other-name';
  /** Further lines of its configuration. */
  more?: string;
}

/** Another test may take a port between its choice and its use. */
const STARTS = 3;

export async function startDovecot(
  users: Record<string, string>,
  options: DovecotOptions = {},
): Promise<Dovecot> {
  for (let start = 1; ; start += 1) {
    try {
      return await startOnce(users, options);
    } catch (error) {
      if (start === STARTS) throw error;
    }
  }
}

async function startOnce(users: Record<string, string>, options: DovecotOptions): Promise<Dovecot> {
  const binary = dovecotPath();
  if (binary === null) throw new Error('Dovecot is not installed');
  const files = await layOut(users, options);
  const server = spawn(binary, ['-F', '-c', path.join(files.dir, 'dovecot.conf')], {
    ...(isRoot() ? { uid: files.uid, gid: files.gid } : {}),
    cwd: files.dir,
    stdio: 'ignore',
    // Its own process group, so that its children end with it.
    detached: true,
  });
  const log = (): string => readFileSync(path.join(files.dir, 'dovecot.log'), 'utf8');
  try {
    await untilUp(files.port, server);
  } catch (error) {
    if (isRunning(server)) endGroup(server);
    rmSync(files.dir, { recursive: true, force: true, maxRetries: 5 });
    throw error;
  }
  return {
    port: files.port,
    tlsPort: files.tlsPort,
    caPem: readFileSync(path.join(files.dir, 'cert.pem'), 'utf8'),
    maildir: (user) => openMaildir(path.join(files.dir, 'mail', user, 'Maildir'), files),
    log,
    stop: async () => {
      const gone = new Promise((resolve) => server.once('exit', resolve));
      if (isRunning(server)) {
        endGroup(server);
        await gone;
      }
      rmSync(files.dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const isRoot = (): boolean => process.getuid?.() === 0;

const isRunning = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode === null && signalCode === null;

function endGroup(server: ChildProcess): void {
  if (server.pid !== undefined) process.kill(-server.pid, 'SIGKILL');
}

async function layOut(
  users: Record<string, string>,
  { tls = true, certificate = 'good', more = '' }: DovecotOptions,
): Promise<DovecotFiles> {
  // Short: the paths of unix sockets end at 108 bytes.
  const dir = mkdtempSync(path.join(os.tmpdir(), 'dc-'));
  const uid = isRoot() ? UNPRIVILEGED_ID : (process.getuid?.() ?? UNPRIVILEGED_ID);
  const gid = isRoot() ? UNPRIVILEGED_ID : (process.getgid?.() ?? UNPRIVILEGED_ID);
  const files: DovecotFiles = {
    dir,
    uid,
    gid,
    user: execFileSync('id', ['-un', String(uid)], { encoding: 'utf8' }).trim(),
    group: execFileSync('id', ['-gn', String(gid)], { encoding: 'utf8' }).trim(),
    port: await freePort(),
    tlsPort: await freePort(),
  };
  for (const folder of ['run', 'state', 'mail']) mkdirSync(path.join(dir, folder));
  makeCertificate(dir, certificate);
  const passwords = Object.entries(users).map(([user, word]) => `${user}:{PLAIN}${word}::::::\n`);
  writeFileSync(path.join(dir, 'passwd'), passwords.join(''));
  writeFileSync(path.join(dir, 'dovecot.conf'), dovecotConfig(files, tls) + more);
  chmodSync(dir, 0o755);
  if (isRoot()) execFileSync('chown', ['-R', `${uid}:${gid}`, dir]);
  return files;
}

function makeCertificate(dir: string, kind: 'good' | 'expired' | 'other-name'): void {
  const names = kind === 'other-name' ? 'DNS:elsewhere.example' : 'DNS:localhost,IP:127.0.0.1';
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: dir, stdio: 'ignore' });
  };
  const subject = ['-subj', '/CN=localhost', '-addext', `subjectAltName=${names}`];
  const key = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    'key.pem',
  ];
  if (kind !== 'expired') {
    openssl('req', '-x509', ...key, '-out', 'cert.pem', '-days', '2', ...subject);
    return;
  }
  // Only the command for authorities can date a certificate into the past.
  openssl('req', '-new', ...key, '-out', 'request.pem', ...subject);
  writeFileSync(path.join(dir, 'index.txt'), '');
  writeFileSync(path.join(dir, 'ca.conf'), AUTHORITY);
  openssl(
    ...['ca', '-batch', '-config', 'ca.conf', '-selfsign', '-keyfile', 'key.pem'],
    ...['-in', 'request.pem', '-out', 'cert.pem', '-notext'],
    ...['-startdate', '20200101000000Z', '-enddate', '20210101000000Z'],
  );
}

const AUTHORITY = `[ca]
default_ca = own
[own]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
`;

async function untilUp(port: number, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (server.exitCode !== null) throw new Error(`Dovecot ended with ${server.exitCode}`);
    if (await greets(port)) return;
    await sleep(50);
  }
  throw new Error('Dovecot did not come up');
}

const greets = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const finish = (up: boolean): void => {
      socket.destroy();
      resolve(up);
    };
    socket.once('data', () => finish(true));
    socket.once('error', () => finish(false));
    socket.setTimeout(500, () => finish(false));
  });
