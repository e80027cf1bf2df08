import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { placeUnder } from './place-under.ts';
import { TERMS, type TermKey } from '../words/terms.ts';

/** A word of the standards that explains itself when pressed. Escape or a click elsewhere closes it. */
export function Term({ of, children }: { of: TermKey; children: ComponentChildren }) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button type="button" class="term" ref={button} popovertarget={id}>
        {children}
      </button>
      <span
        id={id}
        popover="auto"
        class="explanation"
        role="note"
        onToggle={(event) => placeUnder(event.currentTarget, button.current)}
      >
        {TERMS[of]}
      </span>
    </>
  );
}
