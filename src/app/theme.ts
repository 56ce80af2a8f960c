import { keep, kept } from './on-device.ts';

const key = 'tessera-theme';

/** The system decides until a person does; the choice stays on this device. */
export function restoreTheme(): void {
  const chosen = kept(key);
  if (chosen) document.documentElement.dataset['theme'] = chosen;
}

export function toggleTheme(): void {
  const root = document.documentElement;
  const dark = root.dataset['theme']
    ? root.dataset['theme'] === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  const next = (root.dataset['theme'] = dark ? 'light' : 'dark');
  keep(key, next);
}
