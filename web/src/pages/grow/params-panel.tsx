/** The parameters of a generator: by a panel made for it, where there is one, else by the plain form. */
import { Group, Paper, SegmentedControl, Stack } from '@mantine/core'
import { type ComponentType, Suspense, useState } from 'react'
import type { GeneratorInfo } from '../../../../src/model/api/grow.ts'
import type { FormProblem } from '../../form/field.ts'
import { SchemaForm } from '../../form/schema-form.tsx'
import { ownPanels } from './own-panels.ts'
import { type PanelProps, panels } from './panels.ts'
import { Waiting } from './waiting.tsx'

interface ParamsPanelProps extends Omit<PanelProps, 'problems'> {
  generator: GeneratorInfo
  problems: FormProblem[]
}

/** Spelt in another way by a parameter that is shown. */
const hidden = ['qa_nums']

export function ParamsPanel({ generator, ...panel }: ParamsPanelProps) {
  const [plain, setPlain] = useState(false)
  const Panel = (panels[generator.kind] ?? ownPanels[generator.kind]) as ComponentType<PanelProps> | undefined
  const { params, onChange, problems } = panel
  return (
    <Paper withBorder p="md">
      <Stack gap="md">
        {Panel && (
          <Group justify="flex-end">
            <SegmentedControl
              size="xs"
              aria-label="How the settings are shown"
              data={[
                { value: 'made', label: 'Guided' },
                { value: 'plain', label: 'All settings' },
              ]}
              value={plain ? 'plain' : 'made'}
              onChange={next => setPlain(next === 'plain')}
            />
          </Group>
        )}
        {Panel && !plain ? (
          <Suspense fallback={<Waiting />}>
            <Panel {...panel} />
          </Suspense>
        ) : (
          <SchemaForm
            schema={generator.params}
            value={params}
            onChange={onChange}
            problems={problems}
            hidden={hidden.filter(name => !(name in params))}
          />
        )}
      </Stack>
    </Paper>
  )
}
