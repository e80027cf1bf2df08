import { copied } from './text.ts';

/** What was read of texts that come again and again, bounded by the length of these texts. */
export interface TextCache<T> {
  get(text: string): T | undefined;
  set(text: string, value: T): void;
}

/** Forgets the older half when it is full: what is used all the time is soon back. */
export function createTextCache<T>(mostCharacters: number): TextCache<T> {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  let characters = 0;

  const set = (text: string, value: T): void => {
    if (text.length > mostCharacters / 2) return;
    characters += text.length;
    if (characters > mostCharacters / 2) {
      old = young;
      young = new Map();
      characters = text.length;
    }
    young.set(copied(text), value);
  };

  return {
    get(text) {
      const found = young.get(text);
      if (found !== undefined) return found;
      const older = old.get(text);
      if (older !== undefined) set(text, older);
      return older;
    },
    set,
  };
}
