import type { QuestionResponse } from '../../server/api/contract-sources.ts';
import type { VerdictResponse } from '../../server/api/contract-verdict.ts';

/** Questions about mail that still comes and that no blocker asks already. */
export function furtherQuestions({
  questions,
  blockers,
}: Pick<VerdictResponse, 'questions' | 'blockers'>): QuestionResponse[] {
  const asked = new Set(blockers.map(({ source }) => source));
  return questions.filter(({ source, messages }) => messages > 0 && !asked.has(source));
}
