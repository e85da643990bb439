/** The fields of a provider: where it is, its key, its model, and what is seldom needed. */
import {
  Autocomplete,
  Collapse,
  NumberInput,
  PasswordInput,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
  UnstyledButton,
} from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Problem } from '../../../../src/model/api/problem.ts'
import { numberSettings, type ProviderDraft } from './provider-draft.ts'
import { serviceOf } from './provider-services.ts'

interface ProviderFieldsProps {
  draft: ProviderDraft
  onChange(draft: ProviderDraft): void
  /** Names that the server listed when it was asked last. */
  models: string[]
  problem: Problem | undefined
  /** Whether it is stored already: its name stays, and so does its key unless another is given. */
  stored?: boolean
}

export function ProviderFields({ draft, onChange, models, problem, stored = false }: ProviderFieldsProps) {
  const service = serviceOf(draft.kind)
  const change = (part: Partial<ProviderDraft>) => onChange({ ...draft, ...part })
  const problemOf = (member: string) => problem?.errors.find(({ path }) => path.split('.').at(-1) === member)?.message
  return (
    <Stack gap="sm">
      {!stored && (
        <TextInput
          label="Your name for it"
          description="As recipes will say it"
          required
          value={draft.name}
          error={problemOf('name')}
          onChange={event => change({ name: event.currentTarget.value })}
        />
      )}
      {service.endpoint !== 'none' && (
        <TextInput
          label="Address (endpoint)"
          description={service.endpointHint}
          required={service.endpoint === 'required'}
          value={draft.endpoint}
          error={problemOf('endpoint')}
          onChange={event => change({ endpoint: event.currentTarget.value })}
          style={{ overflowWrap: 'anywhere' }}
        />
      )}
      {service.key !== 'none' && <KeyFields draft={draft} change={change} problemOf={problemOf} stored={stored} />}
      <Autocomplete
        label={draft.kind === 'local' ? 'Model file' : 'Model'}
        description={service.modelHint}
        required={draft.kind === 'local'}
        data={models}
        limit={50}
        value={draft.model}
        error={problemOf('model')}
        onChange={model => change({ model })}
      />
      <MoreFields draft={draft} change={change} problemOf={problemOf} />
    </Stack>
  )
}

interface PartProps {
  draft: ProviderDraft
  change(part: Partial<ProviderDraft>): void
  problemOf(member: string): string | undefined
}

function KeyFields({ draft, change, problemOf, stored }: PartProps & { stored: boolean }) {
  const { key, keyVariable } = serviceOf(draft.kind)
  const ways = [
    { value: 'typed', label: 'Store a key' },
    { value: 'variable', label: 'From a variable' },
    ...(key === 'optional' ? [{ value: 'none', label: 'No key' }] : []),
  ]
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500} id="key-from">
        Key
      </Text>
      <SegmentedControl
        data={ways}
        value={draft.keyFrom}
        aria-labelledby="key-from"
        onChange={keyFrom => change({ keyFrom: keyFrom as ProviderDraft['keyFrom'] })}
      />
      {draft.keyFrom === 'typed' && (
        <PasswordInput
          label="Secret key"
          description={
            stored
              ? 'Empty: the one that is stored stays. Keys go in and never come out.'
              : 'Stored encrypted in this workspace; it never comes back to the browser'
          }
          autoComplete="off"
          value={draft.apiKey}
          error={problemOf('apiKey')}
          onChange={event => change({ apiKey: event.currentTarget.value })}
        />
      )}
      {draft.keyFrom === 'variable' && (
        <TextInput
          label="Environment variable"
          description="Of the process that runs the studio"
          placeholder={keyVariable}
          value={draft.apiKeyEnv}
          error={problemOf('apiKeyEnv')}
          onChange={event => change({ apiKeyEnv: event.currentTarget.value })}
        />
      )}
    </Stack>
  )
}

function MoreFields({ draft, change, problemOf }: PartProps) {
  const [open, { toggle }] = useDisclosure(false)
  const shown = open || numberSettings.some(({ name }) => problemOf(name) !== undefined)
  return (
    <div>
      <UnstyledButton onClick={toggle} aria-expanded={shown} mb="xs">
        <Text size="sm" c="var(--mantine-color-anchor)">
          {shown ? 'Fewer settings' : 'Prices, limits, terms …'}
        </Text>
      </UnstyledButton>
      <Collapse expanded={shown}>
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {numberSettings.map(({ name, label, hint }) => (
              <NumberInput
                key={name}
                label={label}
                description={hint}
                min={0}
                value={draft.numbers[name]}
                error={problemOf(name)}
                onChange={value =>
                  change({ numbers: { ...draft.numbers, [name]: typeof value === 'number' ? value : '' } })
                }
              />
            ))}
          </SimpleGrid>
          {draft.kind === 'local' && (
            <TextInput
              label="Checksum"
              description="SHA-256 that the file must have"
              value={draft.sha256}
              error={problemOf('sha256')}
              onChange={event => change({ sha256: event.currentTarget.value })}
            />
          )}
          <Textarea
            label="Licence terms of what it writes"
            description="A licence, an address or words; they go into dataset cards"
            value={draft.terms}
            error={problemOf('terms')}
            onChange={event => change({ terms: event.currentTarget.value })}
          />
        </Stack>
      </Collapse>
    </div>
  )
}
