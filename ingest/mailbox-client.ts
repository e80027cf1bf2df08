import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import { type ConnectionProblem, classifyFailure } from './connection-problem.ts';
import { hidePassword } from './hidden-password.ts';
import type { MailboxAddress } from './ledger.ts';
import type { Limits } from './limits.ts';
import { failureOf } from './mailbox-failure.ts';
import { bad, ok, type Result } from './result.ts';

/** What is needed to open one folder. */
export interface MailboxAccess {
  address: MailboxAddress;
  password: string;
  /** PEM of a certificate authority to trust for this server alone. */
  caPem: string | null;
}

/** Wall-clock limits: a server that sends a byte now and then is never "silent" to a socket. */
export interface MailboxTimes {
  /** From the first packet to the end of the login. */
  connectSeconds: number;
  /** Of any command; what is fetched may take longer by its size. */
  commandSeconds: number;
  /** Slowest rate at which bodies are waited for. */
  bytesPerSecond: number;
}

export const defaultMailboxTimes: MailboxTimes = {
  connectSeconds: 15,
  commandSeconds: 60,
  bytesPerSecond: 100_000,
};

/** The IMAP client with a deadline on every command and every failure sorted into the closed list. */
export interface GuardedClient {
  flow: ImapFlow;
  times: MailboxTimes;
  /** Runs one command; on expiry the connection is closed, for nothing else ends a slow drip. */
  run: <T>(seconds: number, command: () => Promise<T>) => Promise<Result<T, ConnectionProblem>>;
  /** The same for a command that answers false, and nothing more, where it was refused. */
  runWhole: <T>(
    seconds: number,
    command: () => Promise<T | false | undefined>,
  ) => Promise<Result<T, ConnectionProblem>>;
  problemOf: (error: unknown) => ConnectionProblem;
}

/** Makes a client that is not connected yet. One object is one connection. */
export function guardClient(
  access: MailboxAccess,
  limits: Limits,
  times: MailboxTimes,
): GuardedClient {
  assertPasswordIsSafe(access.address);
  const refusals = refusalLog();
  const flow = new ImapFlow({ ...clientOptions(access, limits, times), logger: refusals.logger });
  let lastError: unknown = null;
  const hide = hidePassword(access.address.user, access.password);
  // Without a listener, a reset connection would end the process.
  flow.on('error', (error) => (lastError = error));

  const problemOf = (error: unknown): ConnectionProblem =>
    classifyFailure(failureOf(error, lastError, flow.byeReason ?? '', hide), access.address);

  const run: GuardedClient['run'] = async (seconds, command) => {
    const deadline = startDeadline(seconds);
    const running = command();
    running.catch(() => undefined);
    try {
      return ok(await Promise.race([running, deadline.expired]));
    } catch (error) {
      if (error === deadline.reason) flow.close();
      return bad(problemOf(error));
    } finally {
      deadline.stop();
    }
  };
  return {
    flow,
    times,
    problemOf,
    run,
    runWhole: async (seconds, command) => {
      refusals.forget();
      const done = await run(seconds, command);
      if (!done.ok) return done;
      const { value } = done;
      return value === false || value === undefined ? bad(problemOf(refusals.last())) : ok(value);
    },
  };
}

/** The client tells the words of a refusal to its log alone; nothing else of the log is looked at. */
function refusalLog() {
  let last: unknown = null;
  const logger = {
    debug: () => undefined,
    info: () => undefined,
    error: () => undefined,
    warn: (entry: { err?: unknown }) => {
      if (entry.err !== undefined) last = entry.err;
    },
    isLevelEnabled: (level: string) => level === 'warn',
  };
  return {
    logger,
    forget: () => (last = null),
    last: () => last ?? { message: 'it refused, without a word', responseStatus: 'NO' },
  };
}

const MIB = 1024 * 1024;

function clientOptions(
  { address, password, caPem }: MailboxAccess,
  limits: Limits,
  times: MailboxTimes,
): ImapFlowOptions {
  const { host, port, user, security } = address;
  return {
    host,
    port,
    auth: { user, pass: password },
    secure: security === 'tls',
    // Undefined would fall back to plain text where the server (or who sits between) hides STARTTLS.
    doSTARTTLS: security === 'tls' ? undefined : security === 'starttls',
    tls: { minVersion: 'TLSv1.2', ...(caPem === null ? {} : { ca: caPem }) },
    disableAutoIdle: true,
    clientInfo: { name: 'Ruadmap' },
    connectionTimeout: times.connectSeconds * 1000,
    greetingTimeout: times.connectSeconds * 1000,
    // Half of it is the longest that the client waits by itself for a server that throttles: within
    // the deadline, so that it is told. In IDLE it is when a silent connection is probed.
    socketTimeout: times.commandSeconds * 1500,
    // The defaults are gigabytes. A part is never larger than the largest mail that is read.
    maxLiteralSize: limits.messageBytes + MIB,
    maxResponseSize: limits.messageBytes + 16 * MIB,
    maxLineLength: 8 * MIB,
    maxResponseTokens: 200_000,
  };
}

function assertPasswordIsSafe({ security, host }: MailboxAddress): void {
  if (security === 'plain' && !/^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/.test(host)) {
    throw new Error(`A password would leave this machine in plain text, for ${host}.`);
  }
}

function startDeadline(seconds: number): {
  expired: Promise<never>;
  reason: Error;
  stop: () => void;
} {
  const reason = Object.assign(new Error('no answer in time'), { code: 'DEADLINE' });
  let stop = (): void => undefined;
  const expired = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(reason), seconds * 1000);
    stop = () => clearTimeout(timer);
  });
  return { expired, reason, stop: () => stop() };
}
