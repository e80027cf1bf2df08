/** How a command ends; 0 to 3 are answers. The rest follow sysexits.h. */
export const exitStatus = {
  ok: 0,
  usage: 64,
  /** The store is damaged, or made by a newer version. */
  storeRefused: 65,
  /** Another process owns the data directory. */
  anotherOwner: 69,
  /** A bug; its words are in the log. */
  internal: 70,
  /** A setting is missing or wrong. */
  setUp: 78,
} as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

/** Ends a command with a message for people. It is caught in main.ts alone. */
export class CommandEnd extends Error {
  readonly status: ExitStatus;
  constructor(status: ExitStatus, message: string) {
    super(message);
    this.status = status;
  }
}
