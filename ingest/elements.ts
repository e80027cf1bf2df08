import type { Warning } from './report.ts';
import { decodeReferences, hasControlCharacters, withoutControlCharacters } from './text.ts';
import type { XmlNode } from './xml.ts';

/** Readers over a parsed piece. Warnings are gathered in a set that the caller owns. */
export type Warnings = Set<Warning>;

export function children(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  if (node === undefined || typeof node === 'string' || !Object.hasOwn(node, name)) return [];
  const found = node[name] ?? [];
  return typeof found === 'string' ? [] : found;
}

/** The first child of this name; a second one is told. */
export function child(
  node: XmlNode | undefined,
  name: string,
  warnings: Warnings,
): XmlNode | undefined {
  const all = children(node, name);
  if (all.length > 1) warnings.add('element-repeated');
  return all[0];
}

/** The text of an element, also beside its children; '' where it has none. */
export function textOf(node: XmlNode | undefined, warnings: Warnings): string {
  const raw = typeof node === 'string' ? node : (node?.['#text'] ?? '');
  const text = decodeReferences(typeof raw === 'string' ? raw : '').trim();
  if (!hasControlCharacters(text)) return text;
  warnings.add('control-characters-removed');
  return withoutControlCharacters(text).trim();
}

/** The text of a child; null where there is no such child, '' where it is empty. */
export function childText(
  node: XmlNode | undefined,
  name: string,
  warnings: Warnings,
): string | null {
  const found = child(node, name, warnings);
  return found === undefined ? null : textOf(found, warnings);
}

/** A word from a closed list, whatever its case; null and a warning for any other. */
export function oneOf<T extends string>(
  text: string | null,
  known: readonly T[],
  warnings: Warnings,
  warning: Warning = 'unknown-value',
): T | null {
  if (text === null || text === '') return null;
  const same = known.find((word) => word === text);
  if (same !== undefined) return same;
  const lower = text.toLowerCase();
  const found = known.find((word) => word === lower);
  if (found === undefined) warnings.add(warning);
  return found ?? null;
}
