import { useState } from 'preact/hooks';
import { type Action, type ApiError, send } from './api.ts';
import { askAgain } from './live.ts';

/** Something that the user says with a button: sent once, and then everything is asked for again. */
export interface Saying {
  busy: boolean;
  error: ApiError | null;
  say: <T>(action: Action<T>, then?: () => void) => void;
}

export function useAction(): Saying {
  const [state, setState] = useState<{ busy: boolean; error: ApiError | null }>({
    busy: false,
    error: null,
  });
  return {
    ...state,
    say: (action, then) => {
      setState({ busy: true, error: null });
      void send(action).then((answer) => {
        setState({ busy: false, error: answer.ok ? null : answer.error });
        if (!answer.ok) return;
        askAgain();
        then?.();
      });
    },
  };
}
