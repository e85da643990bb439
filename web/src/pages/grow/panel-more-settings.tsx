/** The parameters of a generator that a panel does not show itself, as a plain form that opens on demand. */
import { Button, Collapse, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { SchemaForm } from '../../form/schema-form.tsx'
import type { PanelProps } from './panels.ts'

interface MoreSettingsProps extends Pick<PanelProps, 'params' | 'onChange' | 'problems'> {
  generator: string
  /** Members that the panel shows itself, or that make no sense here. */
  hidden: readonly string[]
}

/** Opens by itself where one of its parameters is at fault. */
export function MoreSettings({ generator, params, onChange, problems, hidden }: MoreSettingsProps) {
  const [opened, { toggle }] = useDisclosure(false)
  const { data: generators = [] } = useEndpoint('listGenerators', {})
  const schema = generators.find(({ kind }) => kind === generator)?.params
  const own = problems.filter(({ path }) => !hidden.includes(path.split('.', 1)[0]!))
  const shown = opened || own.length > 0
  return (
    <Stack gap="sm" align="stretch">
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        onClick={toggle}
        aria-expanded={shown}
        leftSection={shown ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
        style={{ alignSelf: 'flex-start' }}
      >
        More settings
      </Button>
      <Collapse expanded={shown}>
        {schema && <SchemaForm schema={schema} value={params} onChange={onChange} problems={own} hidden={hidden} />}
      </Collapse>
    </Stack>
  )
}
