/** Light, dark, or as the system has it. */
import { SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { SettingGroup } from '../project/setting-group.tsx'

export function ColourChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <SettingGroup title="Colours" lead="In this browser.">
      <SegmentedControl
        aria-label="Colours"
        value={colorScheme}
        onChange={value => setColorScheme(value)}
        data={[
          { value: 'auto', label: 'As the system' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
      />
    </SettingGroup>
  )
}
