import { expect, test } from 'vitest';
import { furtherQuestions } from '../../../web/verdict/further-questions.ts';

const question = (source: string, messages: number) => ({ source, text: 'Is it yours?', messages });

test('what a blocker asks is not asked twice, and silent mail is not asked about', () => {
  const blockers = [{ source: 'a', name: 'A', reason: '', messages: 9, gates: [] }];
  const questions = [question('a', 9), question('b', 5), question('c', 0)];
  expect(furtherQuestions({ questions, blockers }).map(({ source }) => source)).toEqual(['b']);
});
