const KIB = 1024;
const MIB = 1024 * KIB;

/** Every cap and patience of the HTTP side, with its reason. Each has a test named after its attack. */
export interface HttpLimits {
  /** A mailbox form with the largest certificate that it takes (64 KiB), escaped, and room to spare. */
  jsonBytes: number;
  /** One upload: five times the largest mail that is read, so that a zipped year of reports fits. */
  importBytes: number;
  /** Uploads that may be on their way at once: a browser opens six connections to one host. */
  importsAtOnce: number;
  /**
   * What still comes of a refused upload is thrown away for this long: a browser that is cut off at
   * once shows its user no reason.
   */
  refusedUploadSeconds: number;
  /** All request headers together, the address included. */
  headerBytes: number;
  /** One part of a path as sent: 255 characters, each up to nine bytes once percent-encoded. */
  pathPartCharacters: number;
  /** Until the headers are complete. A browser sends them in one packet. */
  headersSeconds: number;
  /** A body is given this long before its pace is looked at. */
  bodyGraceSeconds: number;
  /** Slowest body that is waited for, on average: a thin line through a tunnel still has it. */
  bodyBytesPerSecond: number;
  /** How often headers and pace are looked at. */
  checkSeconds: number;
  /** A connection without a byte in either direction: a reader that has stopped reading. */
  idleSeconds: number;
  /** Longer than the connection test itself waits (60 seconds), so that its answer gets through. */
  mailboxTestSeconds: number;
  /** Name servers that stay silent are waited for, one after the other, and a tree has many names. */
  dnsCheckSeconds: number;
  /** An unused connection of a browser. */
  keepAliveSeconds: number;
  /** Far above what one user's tabs need, and below the file descriptors of a small machine. */
  connections: number;
  /** Open event streams: one for each open tab. */
  eventClients: number;
  /** With more than this still waiting for one slow page, it is cut off; it comes back by itself. */
  eventBufferBytes: number;
  /** Shorter than `idleSeconds`, so that a quiet stream stays open. */
  heartbeatSeconds: number;
  /** Pages ask again after a `stored` event: not more often than this. */
  storedEventSeconds: number;
}

export const defaultHttpLimits: HttpLimits = {
  jsonBytes: 128 * KIB,
  importBytes: 256 * MIB,
  importsAtOnce: 8,
  refusedUploadSeconds: 5,
  headerBytes: 16 * KIB,
  pathPartCharacters: 9 * 255,
  headersSeconds: 10,
  bodyGraceSeconds: 20,
  bodyBytesPerSecond: 16 * KIB,
  checkSeconds: 5,
  idleSeconds: 30,
  mailboxTestSeconds: 75,
  dnsCheckSeconds: 120,
  keepAliveSeconds: 10,
  connections: 1_000,
  eventClients: 50,
  eventBufferBytes: MIB,
  heartbeatSeconds: 15,
  storedEventSeconds: 1,
};

/** The largest upload at the slowest pace: only then may a request still be arriving. */
export const longestRequestSeconds = (limits: HttpLimits): number =>
  limits.bodyGraceSeconds + Math.ceil(limits.importBytes / limits.bodyBytesPerSecond);
