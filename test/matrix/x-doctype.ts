import { createServer } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import { caseXml } from './mails.ts';
import type { MatrixCase, MatrixRow } from './row.ts';
import { expectQuietProgram } from './system-calls.ts';
import { row, xmlCase } from './xml-case.ts';

const MIB = 1024 * 1024;
const DOCTYPE = 'refused doctype';

const withPrologue = (text: string): string => caseXml().replace('<feedback>', `${text}<feedback>`);
const declaring = (attack: string, doctype: string): MatrixCase =>
  xmlCase(attack, () => withPrologue(doctype), DOCTYPE);

/** Document types and entities: refused before anything is parsed. */
export function doctypeRows(): MatrixRow[] {
  return [
    row('X01', 'billion laughs', () => [
      xmlCase('nine levels', () => usingEntity(billionLaughs(), 'a9'), DOCTYPE),
    ]),
    row('X02', 'quadratic blow-up', () => [
      xmlCase(
        '10,000 times 10 kB',
        () => usingEntity(`<!DOCTYPE f [<!ENTITY a "${'a'.repeat(10_000)}">]>`, 'a', 10_000),
        DOCTYPE,
      ),
    ]),
    outsideEntities(),
    row('X04', 'a bare document type', () => [
      declaring('of a system', '<!DOCTYPE feedback SYSTEM "x">'),
      declaring('of a public name', '<!DOCTYPE feedback PUBLIC "x" "y">'),
      declaring('of nothing', '<!DOCTYPE feedback>'),
      declaring('in lower case', '<!doctype feedback>'),
    ]),
    row('X05', '20,000 document types', () => [
      declaring('one after the other', '<!DOCTYPE f>'.repeat(20_000)),
    ]),
    row('X06', 'a hidden document type', () => [
      xmlCase('in UTF-16', () => utf16(withPrologue('<!DOCTYPE f>')), DOCTYPE),
      xmlCase('in UTF-7', () => utf7(withPrologue('<!DOCTYPE f>')), 'refused encoding'),
      declaring('behind 1 MB of spaces', `${' '.repeat(MIB)}<!DOCTYPE f>`),
      xmlCase(
        'inside the report',
        () => caseXml().replace('<record>', '<!DOCTYPE f><record>'),
        DOCTYPE,
      ),
      xmlCase('in a comment, where it is harmless', () => withPrologue('<!-- <!DOCTYPE f> -->')),
    ]),
  ];
}

const billionLaughs = (): string => {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const text = `&a${level};`.repeat(10);
    return `<!ENTITY a${level + 1} "${text}">`;
  });
  return `<!DOCTYPE f [<!ENTITY a0 "ha">${levels.join('')}]>`;
};

const usingEntity = (doctype: string, name: string, times = 1): string =>
  caseXml({ orgName: `&${name};`.repeat(times) }).replace('<feedback>', `${doctype}<feedback>`);

const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
const utf7 = (text: string): string =>
  text.replace('UTF-8', 'UTF-7').replace('<!DOCTYPE f>', '+ADwAIQ-DOCTYPE f+AD4-');

/** X03: a server that nobody may ask, and a file that nobody may read. */
function outsideEntities(): MatrixRow {
  let connections = 0;
  let port = 0;
  const attacks = (): Record<string, string> => ({
    'of a file': '<!DOCTYPE f [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    'of a server': `<!DOCTYPE f [<!ENTITY a SYSTEM "http://127.0.0.1:${port}/">]>`,
    'by a parameter': `<!DOCTYPE f [<!ENTITY % a SYSTEM "http://127.0.0.1:${port}/"> %a;]>`,
    'of a server as its subset': `<!DOCTYPE f SYSTEM "http://127.0.0.1:${port}/f.dtd">`,
  });
  const startServer = async (): Promise<void> => {
    const server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  };
  return {
    ...{ id: 'X03', about: 'an entity from outside' },
    cases: async () => {
      await startServer();
      return Object.entries(attacks()).map(([attack, doctype]) =>
        xmlCase(attack, () => usingEntity(doctype, 'a'), DOCTYPE),
      );
    },
    also: async (fed) => {
      await expectQuietProgram(fed);
      expect(port).toBeGreaterThan(0);
      expect(connections).toBe(0);
    },
  };
}
