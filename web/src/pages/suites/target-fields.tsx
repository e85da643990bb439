/** Which model is put to the test: one trained here, an endpoint, a file of what it said, or a provider. */
import {
  Anchor,
  Button,
  FileButton,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { TargetInput } from '../../../../src/model/api/suite-shapes.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { ProviderChoice } from '../../parts/provider-choice.tsx'
import { useUploads } from '../../parts/use-uploads.ts'

type TargetKind = TargetInput['kind']

/** What is chosen so far; members of the other kinds are kept while one looks at them. */
export interface TargetDraft {
  kind: TargetKind
  model?: string
  url?: string
  body?: 'texts' | 'inputs' | 'one'
  batch?: number
  upload?: { id: string; name: string }
  provider?: string
}

const kinds: { value: TargetKind; label: string }[] = [
  { value: 'model', label: 'A model trained here' },
  { value: 'http', label: 'An HTTP endpoint' },
  { value: 'predictions', label: 'A file of what a model said' },
  { value: 'provider', label: 'A language model of a provider' },
]

const bodies = [
  { value: 'texts', label: '{"texts": ["…"]}' },
  { value: 'inputs', label: '{"inputs": ["…"]}, as Hugging Face has it' },
  { value: 'one', label: '{"text": "…"}, a request for each' },
]

interface TargetFieldsProps {
  project: string
  value: TargetDraft
  onChange: (draft: TargetDraft) => void
}

export function TargetFields({ project, value, onChange }: TargetFieldsProps) {
  const change = (part: Partial<TargetDraft>) => onChange({ ...value, ...part })
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label="What is tested"
          data={kinds}
          value={value.kind}
          allowDeselect={false}
          onChange={kind => kind && change({ kind: kind as TargetKind })}
        />
        {value.kind === 'model' && <ModelField project={project} value={value} change={change} />}
        {value.kind === 'http' && (
          <TextInput
            label="Address"
            placeholder="http://127.0.0.1:8000/predict"
            value={value.url ?? ''}
            onChange={({ currentTarget }) => change({ url: currentTarget.value })}
          />
        )}
        {value.kind === 'predictions' && <FileField value={value} change={change} />}
        {value.kind === 'provider' && (
          <ProviderChoice
            project={project}
            value={value.provider}
            onChange={provider => change({ provider: provider ?? '' })}
          />
        )}
      </SimpleGrid>
      {value.kind === 'http' && (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select
            label="What it is sent, by POST"
            data={bodies}
            value={value.body ?? 'texts'}
            allowDeselect={false}
            onChange={body => change({ body: (body ?? 'texts') as NonNullable<TargetDraft['body']> })}
          />
          <NumberInput
            label="Texts a request"
            min={1}
            max={1000}
            value={value.batch ?? 32}
            onChange={batch => change({ batch: typeof batch === 'number' ? batch : 32 })}
          />
        </SimpleGrid>
      )}
      <Text size="sm" c="dimmed">
        {explanations[value.kind]}
      </Text>
    </Stack>
  )
}

const explanations: Record<TargetKind, string> = {
  model: 'It is tested on the records that were held out when it was trained.',
  http: 'It answers {"predictions": [{"label": "x"}, …]}, one item a text. Where the project’s egress is not “allowed”, only addresses of this machine are asked. An endpoint that needs a key, and a program as the model, are for the command line: cultivar suites run --target FILE, or --command.',
  predictions:
    'For a model elsewhere: make the test cases, download them, let it answer each original and each test case, and bring the table back: columns text and predicted (and score), as CSV, TSV, JSON or JSON Lines. Then run that same trial.',
  provider:
    'It chooses among the labels of the project. Each text and each test case is one call: set the most texts a test in the suite first. What was answered is in the ledger and costs nothing the second time.',
}

function ModelField({ project, value, change }: Pick<TargetFieldsProps, 'project' | 'value'> & { change: Changing }) {
  const models = useEndpoint('listModels', { params: { project } })
  const ids = models.data?.map(({ id }) => id) ?? []
  return (
    <Select
      label="Model"
      placeholder={ids.length === 0 ? 'None yet' : 'Choose a model'}
      data={ids}
      disabled={models.data !== undefined && ids.length === 0}
      value={value.model ?? ids[0] ?? null}
      allowDeselect={false}
      description={
        models.data !== undefined && ids.length === 0 ? (
          <Anchor component={Link} to={`/p/${project}/models`} size="xs">
            Train a model first
          </Anchor>
        ) : undefined
      }
      onChange={model => model && change({ model })}
    />
  )
}

type Changing = (part: Partial<TargetDraft>) => void

function FileField({ value, change }: { value: TargetDraft; change: Changing }) {
  const uploads = useUploads()
  const take = async (file: File | null) => {
    const [sent] = (file && (await uploads.send([file]))) ?? []
    if (sent) change({ upload: { id: sent.upload, name: sent.name } })
  }
  return (
    <Stack gap={4}>
      <Text size="sm" fw={500}>
        File
      </Text>
      <Group gap="sm">
        <FileButton onChange={file => void take(file)} accept=".csv,.tsv,.json,.jsonl">
          {props => (
            <Button {...props} variant="default" loading={uploads.uploading !== undefined}>
              Choose a file …
            </Button>
          )}
        </FileButton>
        <Text size="sm" style={{ overflowWrap: 'break-word' }}>
          {value.upload?.name ?? 'None yet'}
        </Text>
      </Group>
      <ProblemNotice error={uploads.error} />
    </Stack>
  )
}

/** What is sent, or what is still missing, in words. */
export function targetOf(draft: TargetDraft, models: readonly string[]): { target: TargetInput } | { missing: string } {
  switch (draft.kind) {
    case 'model': {
      const model = draft.model ?? models[0]
      return model === undefined ? { missing: 'Train a model first.' } : { target: { kind: 'model', model } }
    }
    case 'http':
      return draft.url
        ? { target: { kind: 'http', url: draft.url.trim(), body: draft.body, batch: draft.batch } }
        : { missing: 'Give the address of the endpoint.' }
    case 'predictions':
      return draft.upload
        ? { target: { kind: 'predictions', upload: draft.upload.id } }
        : { missing: 'Choose the file of predictions.' }
    case 'provider':
      return draft.provider
        ? { target: { kind: 'provider', provider: draft.provider } }
        : { missing: 'Choose a provider.' }
  }
}
