import { useEffect, useState } from 'preact/hooks';

const SHOWN_MS = 2500;

/** Puts a text on the clipboard, and says that it did. */
export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return undefined;
    const timer = setTimeout(() => setSaid(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <span class="copy">
      <button
        type="button"
        onClick={() => {
          void copyText(text).then((done) =>
            setSaid(done ? 'Copied' : 'Select it and copy by hand'),
          );
        }}
      >
        {label}
      </button>
      <span role="status">{said}</span>
    </span>
  );
}

/** Browsers hand out the clipboard on https and localhost alone. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Something to publish or paste, whole and selectable, with its button. */
export function Copyable({ text, label }: { text: string; label?: string }) {
  return (
    <div class="copyable">
      <code class="code">{text}</code>
      <CopyButton text={text} {...(label === undefined ? {} : { label })} />
    </div>
  );
}
