// A script of its own, ahead of the page: otherwise a chosen theme would flash in the other colours.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be switched off; the page then follows the system.
}
