import type { VNode } from 'preact';
import { useId } from 'preact/hooks';

/** What ties a control to its label and its hint. */
export interface FieldTies {
  id: string;
  'aria-describedby': string;
}

interface FieldProps {
  label: string;
  hint?: string;
  children: (ties: FieldTies) => VNode;
}

/** A control with its label above, and below what helps to fill it in. */
export function Field({ label, hint, children }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': hintId })}
      <span class="hint" id={hintId}>
        {hint}
      </span>
    </div>
  );
}
