import { mailWithXml } from './mails.ts';
import type { MatrixCase, MatrixRow } from './row.ts';

/** A case whose document is given: the text of its XML, or its bytes. */
export const xmlCase = (
  attack: string,
  xml: () => Buffer | string,
  expected = 'stored',
  messages?: number,
): MatrixCase => ({
  attack,
  mail: () => mailWithXml(xml()),
  expected: [expected],
  ...(messages === undefined ? {} : { messages }),
});

export const row = (
  id: string,
  about: string,
  cases: () => readonly MatrixCase[],
  more: Partial<MatrixRow> = {},
): MatrixRow => ({ id, about, cases, ...more });
