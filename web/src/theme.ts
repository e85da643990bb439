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
  '#2b8a3e',
  '#1f7532',
  '#0e5c22',
]

export const theme = createTheme({
  primaryColor: 'leaf',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  colors: { leaf },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Code", "DejaVu Sans Mono", monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
  },
})
