/** The outcome of a step that may meet expected bad input: a value, or a problem as a value. */
export type Result<T, P> = { ok: true; value: T } | { ok: false; problem: P };

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
export const bad = <P>(problem: P): { ok: false; problem: P } => ({ ok: false, problem });
