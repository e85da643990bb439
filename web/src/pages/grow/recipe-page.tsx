/** A recipe as text: written, opened from a file, checked as one types, run, and opened as a form. */
import { Alert, Box, Button, FileButton, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconDownload, IconFolderOpen, IconForms } from '@tabler/icons-react'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { type DragEvent, lazy, Suspense, useEffect, useRef, useState } from 'react'
import { call, type SentTo } from '../../api/call.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import type { Schema } from '../../form/json-schema.ts'
import { Page } from '../../parts/page.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { keepDraft, keepRecipeText, readRecipeText } from './draft.ts'
import { Estimate } from './estimate.tsx'
import frame from './growth-frame.module.css'
import { LineProblems } from './line-problems.tsx'
import { RunResults } from './run-results.tsx'
import { saveFile } from './save-file.ts'
import { useLaunch } from './use-launch.ts'
import { Waiting } from './waiting.tsx'
import type { YamlEditorHandle } from './yaml-editor.tsx'

const YamlEditor = lazy(() => import('./yaml-editor.tsx'))
const pauseMs = 400
const mostBytes = 1_000_000

export function RecipePage() {
  const { project } = useParams({ from: '/shell/p/$project/grow/recipe' })
  const { run, results } = useSearch({ from: '/shell/p/$project/grow/recipe' })
  const navigate = useNavigate()
  const [text, setText] = useState(() => readRecipeText(project) ?? beginning(project))
  const [settled] = useDebouncedValue(text, pauseMs)
  const [fileProblem, setFileProblem] = useState<string>()
  const [growing, setGrowing] = useState(false)
  const editor = useRef<YamlEditorHandle>(null)
  const schema = useEndpoint('showRecipeSchema', {})
  const generators = useEndpoint('listGenerators', {})
  const check = useEndpoint('checkRecipe', { body: { yaml: settled } }, { keepPrevious: true })
  const stale = settled !== text || check.isPlaceholderData
  const { recipe = null, problems = [] } = check.data ?? {}
  const elsewhere =
    typeof recipe?.['project'] === 'string' && recipe['project'] !== project ? recipe['project'] : undefined
  const sound = check.data !== undefined && !stale && problems.length === 0 && elsewhere === undefined
  const forecast = useEndpoint(
    'forecastRecipe',
    { params: { project }, body: { recipe } } as unknown as SentTo<'forecastRecipe'>,
    { enabled: sound, keepPrevious: true },
  )
  const show = (shown: string) =>
    void navigate({
      to: '/p/$project/grow/recipe',
      params: { project },
      search: { results: shown },
      replace: true,
      resetScroll: false,
    })
  const launch = useLaunch({
    project,
    recipe: recipe ?? {},
    checked: check.data,
    settled: !stale,
    onStarted: show,
  })
  const change = (next: string) => {
    setText(next)
    keepRecipeText(project, next)
  }
  const stored = useEndpoint('showRun', { params: { run: run ?? '' } }, { enabled: run !== undefined })
  // Once it is opened, the text is the person’s: a reload is not to open it again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as soon as it is there
  useEffect(() => {
    if (run === undefined || !stored.data) return
    change(stored.data.yaml)
    show(run)
  }, [stored.data])
  const open = async (file: File | null | undefined) => {
    if (!file) return
    if (file.size > mostBytes)
      return setFileProblem(`“${file.name}” is too long for a recipe: put data into files of its own.`)
    setFileProblem(undefined)
    change(await file.text())
  }
  const kind = recipe?.['generator']
  const formable = generators.data?.some(generator => generator.kind === kind) ?? false
  const openAsForm = () => {
    keepDraft(project, String(kind), { recipe: recipe!, yaml: text })
    void navigate({ to: '/p/$project/grow/$generator', params: { project, generator: String(kind) } })
  }
  const moveHere = async () => {
    const { yaml } = await call('checkRecipe', { body: { recipe: { ...recipe!, project }, yaml: text } })
    change(yaml)
  }
  const drop = {
    onDragOver: (event: DragEvent) => event.preventDefault(),
    onDrop: (event: DragEvent) => {
      const [file] = event.dataTransfer.files
      if (!file) return
      event.preventDefault()
      void open(file)
    },
  }
  return (
    <Page
      title="Recipe"
      lead="All that a form says, as text: to write down, to share, to run from the command line. Ctrl-Space shows what may stand where the cursor is."
      actions={
        <>
          <FileButton onChange={file => void open(file)} accept=".yaml,.yml,.json">
            {props => (
              <Button {...props} variant="default" leftSection={<IconFolderOpen size={16} />}>
                Open a file …
              </Button>
            )}
          </FileButton>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} />}
            onClick={() => saveFile(`${String(kind ?? 'recipe')}.yaml`, 'application/yaml', text)}
          >
            Save as a file
          </Button>
          <Button
            variant="default"
            leftSection={<IconForms size={16} />}
            disabled={!formable || stale}
            title={formable ? undefined : 'A form needs a recipe that can be read, with a generator that there is.'}
            onClick={openAsForm}
          >
            Open as a form
          </Button>
        </>
      }
    >
      <div className={frame.columns}>
        <Stack gap="sm" miw={0}>
          {fileProblem !== undefined && (
            <Alert color="red" role="alert">
              {fileProblem}
            </Alert>
          )}
          <Box {...drop}>
            <Suspense fallback={<Waiting />}>
              <YamlEditor
                label="Recipe in YAML"
                value={text}
                onChange={change}
                problems={problems}
                schema={schema.data as Schema | undefined}
                handle={editor}
              />
            </Suspense>
          </Box>
          <Box aria-live="polite">
            <ProblemNotice error={stored.error ?? check.error} />
            <LineProblems problems={problems} editor={editor} />
          </Box>
        </Stack>
        <Paper withBorder p="md" className={frame.side}>
          <Stack gap="md">
            <Title order={2} size="h5">
              Grow
            </Title>
            {elsewhere !== undefined && (
              <Alert color="yellow" title={`This recipe is for project “${elsewhere}”`}>
                <Stack gap="xs" align="flex-start">
                  <Text size="sm">What it grows would join that project, not “{project}”.</Text>
                  <Button size="compact-sm" variant="default" onClick={() => void moveHere()}>
                    Make it for “{project}”
                  </Button>
                </Stack>
              </Alert>
            )}
            <Estimate
              forecast={sound ? forecast.data : undefined}
              error={sound ? forecast.error : undefined}
              missing={problems[0]?.message ?? (elsewhere === undefined ? undefined : 'the project')}
              stale={stale}
            />
            <ProblemNotice error={launch.error} />
            <Group gap="xs">
              <Button
                disabled={growing || problems.length > 0 || elsewhere !== undefined}
                loading={launch.launching}
                onClick={() => launch.launch()}
              >
                {growing ? 'Growing …' : 'Grow'}
              </Button>
            </Group>
          </Stack>
        </Paper>
      </div>
      {results !== undefined && (
        <Box component="section" aria-label="Results">
          <RunResults
            key={`${results} ${launch.turn}`}
            project={project}
            run={results}
            onGrowing={setGrowing}
            onMore={launch.again}
          />
        </Box>
      )}
    </Page>
  )
}

function beginning(project: string): string {
  return `# What to grow, how, how much, and what it may cost.
project: ${project}
generator: prompt
params:
  prompt: >-
    Messages of customers who ask where their parcel is.
target: 20
`
}
