import type { AfterMethod } from '../../../ingest/after-plan.ts';
import type { Connection } from '../connection.ts';
import type { AfterState } from '../store.ts';

/** What was done with stored mail in each mailbox, and what keeps it from being done; by indexes alone. */
export function createAfterStates(database: Connection): () => AfterState[] {
  const counts = database.prepare<
    [],
    { mailboxId: number; method: AfterMethod; state: string; found: number }
  >(/* sql */ `
    SELECT mailbox_id AS mailboxId, method, state, count(*) AS found
    FROM after_action INDEXED BY after_action_count GROUP BY mailbox_id, method, state
  `);
  const problems = database.prepare<
    [],
    NonNullable<AfterState['problem']> & { mailboxId: number }
  >(/* sql */ `
    SELECT mailbox_id AS mailboxId, code, message, advice, since_seconds AS sinceSeconds
    FROM after_problem
  `);
  return () => {
    const states = new Map<number, AfterState>();
    const of = (mailboxId: number): AfterState => {
      const state = states.get(mailboxId) ?? emptyState(mailboxId);
      states.set(mailboxId, state);
      return state;
    };
    for (const { mailboxId, method, state, found } of counts.all()) {
      if (state === 'done') of(mailboxId)[DONE_AS[method]] += found;
      if (state === 'other') of(mailboxId).leftAlone += found;
    }
    for (const { mailboxId, ...problem } of problems.all()) of(mailboxId).problem = problem;
    return [...states.values()];
  };
}

const DONE_AS = { mark: 'marked', move: 'moved', copy: 'moved', delete: 'deleted' } as const;

const emptyState = (mailboxId: number): AfterState => ({
  mailboxId,
  marked: 0,
  moved: 0,
  deleted: 0,
  leftAlone: 0,
  problem: null,
});
