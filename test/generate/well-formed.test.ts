import { expect, test } from 'vitest';

import { xmlProblem } from './well-formed.ts';

test.each([
  ['<?xml version="1.0"?>\n<a x="1"><b>t &amp; u</b></a>\n', null],
  ['<a><b></a></b>', '</a> closes another element at 6'],
  ['<a><b></b>', 'not closed: a'],
  ['<a>x & y</a>', 'bare ampersand in x & y'],
  ['<a>x < y</a>', 'no tag and no text at 5: < y</a>'],
])('%s', (xml, problem) => {
  expect(xmlProblem(xml)).toBe(problem);
});
