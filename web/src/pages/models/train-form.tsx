/** What a model is to learn from, what that comes to, and the button that begins. */
import {
  Accordion,
  Button,
  Checkbox,
  Group,
  List,
  NumberInput,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { SplitInput } from '../../../../src/model/api/figures.ts'
import type { Job } from '../../../../src/model/api/jobs.ts'
import { useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { shownCount, shownCounts } from '../../parts/figure-words.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { WarningNotice } from '../../parts/warning-notice.tsx'
import { LabelCounts } from './label-counts.tsx'
import { SplitFields } from './split-fields.tsx'

export function TrainForm({ project, onBegun }: { project: string; onBegun: (job: Job) => void }) {
  const [name, setName] = useState('')
  const [split, setSplit] = useState<SplitInput>({})
  const [realOnly, setRealOnly] = useState(false)
  const [balanced, setBalanced] = useState(false)
  const [learningCurve, setLearningCurve] = useState(true)
  const [seed, setSeed] = useState(1)
  const [query] = useDebouncedValue({ ...split, realOnly: String(realOnly), seed }, 300)
  const preview = useEndpoint('previewTraining', { params: { project }, query }, { keepPrevious: true })
  const train = useAction('trainModel', { changes: ['listJobs'], onDone: onBegun })
  const begin = () =>
    train.mutate({
      params: { project },
      body: {
        ...{ split, realOnly, learningCurve, seed, name: name.trim() || undefined },
        classWeights: balanced ? 'balanced' : undefined,
      },
    })
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        begin()
      }}
    >
      <Stack gap="md">
        <Loaded of={preview}>
          {({ task, learned, grown, tested, validation, labels, notes, warnings }) => (
            <Stack gap="xs" aria-live="polite">
              <Text>
                {task === 'entities' ? 'A model that finds entities' : 'A model that gives labels'}: it learns from{' '}
                <strong>{shownCounts(learned, 'record')}</strong>
                {grown > 0 && ` (${shownCount(grown)} of them grown)`} and is tested on{' '}
                <strong>{shownCounts(tested, 'real record')}</strong>
                {validation > 0 && `; ${shownCount(validation)} of the split validation stay aside`}.
              </Text>
              <Text size="sm" c="dimmed">
                {notes.join(' ')}
              </Text>
              <LabelCounts labels={labels} />
              {warnings.length > 0 && (
                <WarningNotice title="Rare labels are learned badly">
                  <List size="sm">
                    {warnings.map(warning => (
                      <List.Item key={warning}>{warning}</List.Item>
                    ))}
                  </List>
                </WarningNotice>
              )}
            </Stack>
          )}
        </Loaded>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Checkbox
            label="Only what people brought"
            description="Leave out what was grown"
            checked={realOnly}
            onChange={({ currentTarget }) => setRealOnly(currentTarget.checked)}
          />
          <Checkbox
            label="Rare labels count as much as frequent ones"
            description="Class weights: try it where few labels have most of the records"
            checked={balanced}
            onChange={({ currentTarget }) => setBalanced(currentTarget.checked)}
          />
          <Checkbox
            label="Would more data help?"
            description="Learning curve: trains on 10, 25 and 50 % too"
            checked={learningCurve}
            onChange={({ currentTarget }) => setLearningCurve(currentTarget.checked)}
          />
        </SimpleGrid>
        <Accordion variant="contained">
          <Accordion.Item value="more">
            <Accordion.Control>Name, what is tested on, seed</Accordion.Control>
            <Accordion.Panel>
              <Stack gap="sm">
                <TextInput
                  label="Name"
                  description="It is saved as the next version of this name"
                  placeholder={project}
                  value={name}
                  onChange={({ currentTarget }) => setName(currentTarget.value)}
                />
                <SplitFields value={split} onChange={setSplit} />
                <NumberInput
                  label="Seed"
                  description="The same records and seed give the same model"
                  min={0}
                  max={2 ** 31 - 1}
                  allowDecimal={false}
                  value={seed}
                  onChange={given => setSeed(typeof given === 'number' ? given : 1)}
                />
              </Stack>
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
        <ProblemNotice error={train.error} />
        <Group>
          <Button type="submit" loading={train.isPending}>
            Train
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
