import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** Every string of a file of tests as it stands there, templates up to their first value; no comments. */
export function stringsOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const strings: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) strings.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return strings;
}

/** The rows that a title begins with: 'P01, P11: a session that is cut'. */
export const idsOf = (title: string): string[] =>
  /^((?:[A-Z]\d\d(?:, )?)+): /.exec(title)?.[1]?.split(', ') ?? [];
