import { effect, signal } from '@preact/signals';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const asTheme = (text: string | null): Theme => THEMES.find((name) => name === text) ?? 'auto';

/** The user's choice; `auto` follows the system. */
export const theme = signal<Theme>(storedTheme());
/** Grows whenever colours change, so that canvases draw again. */
export const paletteVersion = signal(0);

function storedTheme(): Theme {
  try {
    return asTheme(localStorage.getItem('theme'));
  } catch {
    return 'auto';
  }
}

export function chooseTheme(text: string): void {
  theme.value = asTheme(text);
  try {
    if (theme.value === 'auto') localStorage.removeItem('theme');
    else localStorage.setItem('theme', theme.value);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

export function startTheme(): void {
  effect(() => {
    const root = document.documentElement;
    if (theme.value === 'auto') delete root.dataset['theme'];
    else root.dataset['theme'] = theme.value;
    paletteVersion.value = paletteVersion.peek() + 1;
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    paletteVersion.value += 1;
  });
}
