const key = 'tessera-theme';

/** The system decides until a person does; the choice stays on this device. */
export function restoreTheme(): void {
  const chosen = stored();
  if (chosen) document.documentElement.dataset['theme'] = chosen;
}

export function toggleTheme(): void {
  const root = document.documentElement;
  const dark = root.dataset['theme']
    ? root.dataset['theme'] === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  const next = (root.dataset['theme'] = dark ? 'light' : 'dark');
  try {
    localStorage.setItem(key, next);
  } catch {
    // a browser that keeps nothing still shows the theme until the tab closes
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is switched off in this browser: the system decides
  }
}
