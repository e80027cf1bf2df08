import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { TERMS, type TermKey } from '../words/terms.ts';

const GAP_PIXELS = 6;

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
        onToggle={(event) => place(event.currentTarget, button.current)}
      >
        {TERMS[of]}
      </span>
    </>
  );
}

/** Puts the explanation under its word, and keeps it inside the window. */
function place(explanation: HTMLElement, button: HTMLElement | null): void {
  if (button === null) return;
  const anchor = button.getBoundingClientRect();
  const room = document.documentElement.clientWidth - explanation.offsetWidth - GAP_PIXELS;
  explanation.style.left = `${Math.max(GAP_PIXELS, Math.min(anchor.left, room)) + scrollX}px`;
  explanation.style.top = `${anchor.bottom + GAP_PIXELS + scrollY}px`;
}
