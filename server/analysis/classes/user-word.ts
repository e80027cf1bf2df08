import type { ClassWord, UserWords } from '../../store/domain-mail.ts';
import { earlierIds } from './sources.ts';

/**
 * The user's word on a source: that on its id, else that on an id under which its mail stood earlier
 * and no other mail stands now, else that on the whole network. Of several the newest.
 *
 * @param idsNow of all sources there are now
 */
export function wordReader(
  { classes }: UserWords,
  idsNow: () => readonly string[],
): (id: string) => ClassWord | null {
  const words = new Map<string, ClassWord>();
  for (const word of classes) {
    const known = words.get(word.sourceId);
    if (known === undefined || word.day >= known.day) words.set(word.sourceId, word);
  }
  if (words.size === 0) return () => null;
  const ids = new Set(idsNow());
  return (id) => {
    const exact = words.get(id);
    if (exact !== undefined) return exact;
    const earlier = earlierIds(id).find((other) => words.has(other) && !ids.has(other));
    return words.get(earlier ?? id) ?? words.get(id.slice(0, id.indexOf('#'))) ?? null;
  };
}
