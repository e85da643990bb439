// Before the first paint, so that nobody who chose dark sees a flash of white. A file of its own: the page allows no inline script.
{
  const chosen = localStorage.getItem('cultivar-colour-scheme') ?? 'auto'
  const dark = chosen === 'dark' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light'
}
