import type { AfterProblem } from './after-problem.ts';
import type { AfterMethod, CopyTarget, DueMessage, OpenAction } from './after-plan.ts';
import type { AfterChoice } from './after-choice.ts';

export interface DueQuery {
  mailboxId: number;
  uidValidity: string;
  choice: Exclude<AfterChoice, { kind: 'leave' }>;
  aboveUid: number;
  nowSeconds: number;
  limit: number;
}

/** What is noted of mail that is changed after its report was stored. Every write is durable when it returns. */
export interface AfterLedger {
  /**
   * Messages of which every document is a stored report or repeats one, ascending; to be deleted, only
   * those whose time has come and of which every document's bytes are kept.
   */
  dueMessages(query: DueQuery): Promise<DueMessage[]>;
  /** What was asked of the server before, and whose end is not known; of all generations of UIDs. */
  openActions(mailboxId: number): Promise<OpenAction[]>;
  /** Before the server is asked. */
  askActions(
    mailboxId: number,
    messages: readonly DueMessage[],
    method: AfterMethod,
    target: CopyTarget | null,
    nowSeconds: number,
  ): Promise<void>;
  /** `copied`: it is in the target, and still here. `other`: never touched again. */
  endActions(
    mailboxId: number,
    messages: readonly DueMessage[],
    method: AfterMethod,
    state: 'copied' | 'done' | 'gone' | 'other',
    nowSeconds: number,
  ): Promise<void>;
  /** It did not happen. */
  forgetActions(messages: readonly DueMessage[]): Promise<void>;
  /** null: nothing keeps it from being done. */
  saveAfterProblem(
    mailboxId: number,
    problem: AfterProblem | null,
    nowSeconds: number,
  ): Promise<void>;
}
