/** What comes into the slots of templates: values of the project, or lists of one’s own. */
import { Checkbox, Group, Stack, Switch, TagsInput, Text, Title } from '@mantine/core'
import type { TemplatesPreview } from '../../../../src/model/api/previews.ts'
import styles from './templates.module.css'
import { type Params, plainIn, valuesIn, withValues } from './templates-mined-params.ts'
import { SlotChip } from './templates-slot-text.tsx'

interface MinedValuesProps {
  slots: string[]
  found: TemplatesPreview['slots']
  params: Params
  onChange: (params: Params) => void
  colourOf: (slot: string) => string
  /** Whether values are marked as entities. */
  marksEntities: boolean
}

export function MinedValues({ slots, found, params, onChange, colourOf, marksEntities }: MinedValuesProps) {
  if (slots.length === 0) return null
  const values = valuesIn(params)
  const plain = plainIn(params)
  const setPlain = (slot: string, isPlain: boolean) => {
    const { plain: _, ...rest } = params
    const next = isPlain ? [...plain, slot] : plain.filter(each => each !== slot)
    onChange(next.length === 0 ? rest : { ...rest, plain: next })
  }
  return (
    <Stack gap="sm" component="section" aria-label="Values">
      <Title order={2} size="h5">
        Values
      </Title>
      <Text size="sm" c="dimmed">
        Enter after each value; a whole list can be pasted.
      </Text>
      {slots.map(slot => (
        <Group key={slot} gap="sm" align="flex-start" role="group" aria-label={`Slot ${slot}`}>
          <Group gap="xs" className={styles['slotName']}>
            <SlotChip slot={slot} colour={colourOf(slot)} />
            {marksEntities && (
              <Checkbox
                size="xs"
                label="No entity"
                aria-label={`The values of ${slot} are no entities`}
                checked={plain.includes(slot)}
                onChange={event => setPlain(slot, event.currentTarget.checked)}
              />
            )}
          </Group>
          <TagsInput
            aria-label={`Values for ${slot}`}
            description={sourceOf(found.find(each => each.slot === slot))}
            inputWrapperOrder={['input', 'description']}
            size="sm"
            value={values[slot] ?? []}
            onChange={next => onChange(withValues(params, slot, next))}
            splitChars={['\n', ',', ';', '\t']}
            acceptValueOnBlur
            placeholder={(values[slot] ?? []).length === 0 ? 'Those of the project' : ''}
            style={{ flex: '1 1 14rem', minWidth: 0 }}
          />
        </Group>
      ))}
      <Switch
        label="Draw from the project as well, where there is a list"
        checked={params['mergeValues'] === true}
        onChange={event => onChange({ ...params, mergeValues: event.currentTarget.checked })}
      />
    </Stack>
  )
}

function sourceOf(slot: TemplatesPreview['slots'][number] | undefined): string {
  if (!slot) return 'No values yet.'
  const { given, found, values } = slot
  const sources = [
    ...(given > 0 ? [`${given.toLocaleString('en')} given`] : []),
    ...(found > 0 ? [`${found.toLocaleString('en')} of the project`] : []),
  ]
  return `${sources.join(' and ')}: ${values.join(', ')}${given + found > values.length ? ', …' : ''}`
}
