/** One thing that was looked at; `todo` is null where it is fine. */
export interface Finding {
  part: string;
  seen: string;
  todo: string | null;
}

export const fine = (part: string, seen: string): Finding => ({ part, seen, todo: null });
export const wrong = (part: string, seen: string, todo: string): Finding => ({ part, seen, todo });
