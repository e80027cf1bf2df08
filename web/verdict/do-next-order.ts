import type { VerdictResponse } from '../../server/api/contract-verdict.ts';

type Ranked = Pick<VerdictResponse, 'domain' | 'verdict' | 'blockers' | 'questions'>;

/** What is worth doing, most useful first: harm, then a step that is ready, then work, then waiting. */
export const inOrder = <Verdict extends Ranked>(verdicts: readonly Verdict[]): Verdict[] =>
  [...verdicts].sort(
    (a, b) => rankOf(a) - rankOf(b) || atStake(b) - atStake(a) || (a.domain < b.domain ? -1 : 1),
  );

function rankOf({ verdict, blockers, questions }: Ranked): number {
  switch (verdict) {
    case 'go-back':
      return 0;
    case 'advance':
      return 1;
    case 'stay':
      return blockers.length + questions.length > 0 ? 2 : 3;
    case 'no-data':
      return 4;
  }
}

const atStake = ({ blockers }: Ranked): number =>
  blockers.reduce((sum, { messages }) => sum + messages, 0);
