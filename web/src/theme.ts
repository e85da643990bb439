/** Colours, type and defaults of the studio. */
import { createTheme, type MantineColorsTuple } from '@mantine/core'

const leaf: MantineColorsTuple = [
  '#ecf8ee',
  '#d9efdd',
  '#b1deb9',
  '#86cc93',
  '#62bc73',
  '#4bb25f',
  '#3a9d4e',
  '#237a35',
  '#1b672b',
  '#0e5c22',
]

export const theme = createTheme({
  primaryColor: 'leaf',
  primaryShade: 7,
  autoContrast: true,
  colors: { leaf },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Code", "DejaVu Sans Mono", monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Coloured titles on tints of their colour are too faint to read.
    Alert: { styles: { title: { color: 'var(--mantine-color-text)' } } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
  },
})
