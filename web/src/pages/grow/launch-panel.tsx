/** Beside the settings: who writes, how many, what it would cost, and the buttons that begin. */
import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import type { GeneratorInfo } from '../../../../src/model/api/grow.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import type { FormProblem } from '../../form/field.ts'
import { ProviderChoice } from '../../parts/provider-choice.tsx'
import { RunProblem } from '../../parts/run-watch-problem.tsx'
import type { Written } from './draft.ts'
import { Estimate } from './estimate.tsx'
import frame from './growth-frame.module.css'
import { JudgeChoice } from './judge-choice.tsx'
import { TargetField } from './target-field.tsx'
import { type Checked, problemsBelow } from './use-checked-recipe.ts'
import type { Launch } from './use-launch.ts'

interface LaunchPanelProps {
  project: string
  generator: GeneratorInfo
  recipe: Written
  /** Undefined takes the member away. */
  onChange: (member: string, value: unknown) => void
  problems: FormProblem[]
  checked: Checked
  launch: Launch
  growing: boolean
}

/** Records that a first try grows in all. */
const tried = 10

export function LaunchPanel({
  project,
  generator,
  recipe,
  onChange,
  problems,
  checked,
  launch,
  growing,
}: LaunchPanelProps) {
  const { forecast, forecastError, stale } = checked
  const teacher = typeof recipe['teacher'] === 'string' ? recipe['teacher'] : undefined
  return (
    <Paper withBorder p="md" className={frame.side}>
      <Stack gap="md">
        <Title order={2} size="h5">
          Grow
        </Title>
        {(generator.usesModel || teacher !== undefined) && (
          <ProviderChoice
            project={project}
            label="Teacher"
            {...(!generator.needsModel && { description: 'Asked only where the settings say so' })}
            value={teacher}
            onChange={next => onChange('teacher', next)}
          />
        )}
        {generator.usesCritic && (
          <JudgeChoice
            project={project}
            label="Critic between the stages"
            value={recipe['critic']}
            onChange={next => onChange('critic', next)}
          />
        )}
        <TargetField
          target={recipe['target']}
          cells={forecast?.targets}
          planned={forecast?.planned ?? false}
          problem={problemsBelow(problems, 'target')[0]?.message}
          onChange={next => onChange('target', next)}
        />
        <Estimate
          forecast={forecast}
          error={forecastError}
          missing={checked.checked?.problems[0]?.message.replace(/^params\./, '')}
          stale={stale}
        />
        {launch.asked && <RunProblem project={project} error={launch.error} wanted={launch.asked} />}
        {launch.attempted && problems.length > 0 && (
          <Alert color="red" role="alert" p="xs">
            Not yet: {problems[0]!.message}
          </Alert>
        )}
        <LaunchButtons checked={checked} launch={launch} growing={growing} asks={generator.needsModel} />
      </Stack>
    </Paper>
  )
}

interface LaunchButtonsProps {
  checked: Checked
  launch: Launch
  growing: boolean
  /** Whether it asks a model whatever the settings say. */
  asks: boolean
}

function LaunchButtons({ checked: { forecast }, launch, growing, asks }: LaunchButtonsProps) {
  const { data: session } = useEndpoint('session', {})
  const mayGrow = session?.role !== 'reviewer'
  const wanted = Object.values(forecast?.targets ?? {}).reduce((sum, count) => sum + count, 0)
  const kept = forecast?.kept ?? 0
  const isComplete = forecast !== undefined && kept >= wanted && !growing
  const canTry =
    !forecast || (!forecast.planned && wanted > tried && kept < tried && (asks || forecast.hosts.length > 0))
  const disabled = !mayGrow || growing
  return (
    <Stack gap="xs">
      {!mayGrow && (
        <Text size="sm" c="dimmed">
          You may look at this, but not grow: ask an admin of this studio for the role editor.
        </Text>
      )}
      {isComplete && (
        <Text size="sm">The run of these settings is complete. Raise the number, or grow anew for other samples.</Text>
      )}
      <Group gap="xs">
        <Button onClick={() => launch.launch()} loading={launch.launching} disabled={disabled || isComplete}>
          {growing ? 'Growing …' : 'Grow'}
        </Button>
        {canTry && asks && (
          <Button
            variant="default"
            onClick={() => launch.launch({ target: tried })}
            disabled={disabled || launch.launching}
          >
            Try {tried} first
          </Button>
        )}
        {isComplete && (
          <Button
            variant="default"
            onClick={() => launch.launch({ fresh: true })}
            disabled={disabled || launch.launching}
          >
            Grow anew
          </Button>
        )}
      </Group>
    </Stack>
  )
}
