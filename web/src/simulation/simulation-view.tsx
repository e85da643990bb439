/** A simulation that runs in the browser: its picture, its controls, its charts, its agents and its tables. */
import { Kbd, Paper, Skeleton, Stack, Text } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import type { AgentsLayer } from '../../../src/simulations/watch/frame.ts'
import { shownCount } from '../parts/figure-words.ts'
import { AgentInspector } from './agent-inspector.tsx'
import { LiveChart } from './live-chart.tsx'
import { ParametersPanel } from './parameters-panel.tsx'
import { RunProblem } from './run-problem.tsx'
import styles from './simulation.module.css'
import { type SimulationClient, saveFile } from './simulation-client.ts'
import type { SimulationSource } from './simulation-messages.ts'
import { Stage } from './stage.tsx'
import { StageLegend } from './stage-legend.tsx'
import { TableDownloads } from './table-downloads.tsx'
import { speeds, Transport } from './transport.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import { useSimulation, useSimulationState } from './use-simulation.ts'

export interface ShownRun {
  /** Those that are not as usual. */
  parameters: Record<string, unknown>
  seed: number | string
  /** Steps that are done. */
  steps: number
  running: boolean
}

interface SimulationViewProps {
  source: SimulationSource
  parameters?: Record<string, unknown>
  seed?: number | string
  onChange?: (run: ShownRun) => void
}

const settleMs = 350
/** Faster, the screen itself is smooth enough. */
const slowestJumping = 40

export function SimulationView({ source, parameters = {}, seed = 1, onChange }: SimulationViewProps) {
  const client = useSimulation(source, { parameters, seed })
  if (!client) return null
  return <Running key={JSON.stringify(source)} {...{ client, onChange }} parameters={parameters} seed={seed} />
}

interface RunningProps {
  client: SimulationClient
  parameters: Record<string, unknown>
  seed: number | string
  onChange: ((run: ShownRun) => void) | undefined
}

function Running({ client, parameters: firstParameters, seed: firstSeed, onChange }: RunningProps) {
  const state = useSimulationState(client)
  const { simulation, picture, charts, playing, chosen, problem } = state
  const [parameters, setParameters] = useState(firstParameters)
  const [seed, setSeed] = useState(firstSeed)
  const [stopAt, setStopAt] = useState<number>()
  const [chosenSpeed, setSpeed] = useState<number>()
  const canvas = useRef<HTMLCanvasElement>(null)
  const root = useRef<HTMLDivElement>(null)
  const space = client.frame?.find(layer => layer.mark === 'agents')?.space
  const speed = chosenSpeed ?? usualSpeed(simulation?.steps ?? 0, space)
  const steps = picture?.steps ?? 0
  const stepsPerSecond = speeds[speed] ?? null
  const canStep = picture !== undefined && !picture.isOver && state.running
  const begin = (nextParameters = parameters, nextSeed = seed) => {
    const wasPlaying = client.state.playing
    client.start({ parameters: nextParameters, seed: nextSeed })
    if (wasPlaying) client.play(stepsPerSecond, stopAt)
  }
  const beginSoon = useDebouncedCallback(begin, settleMs)
  const reset = () => {
    client.pause()
    begin()
  }
  const play = () => (playing ? client.pause() : canStep && client.play(stepsPerSecond, further(stopAt, steps)))
  useShortcuts(root, { play, step: () => canStep && client.step(), reset })
  const tell = useRef(onChange)
  tell.current = onChange
  const stepsAtRest = playing ? undefined : steps
  // biome-ignore lint/correctness/useExhaustiveDependencies: who listens does not want every step
  useEffect(() => {
    tell.current?.({ parameters, seed, steps, running: playing })
  }, [parameters, seed, playing, stepsAtRest])
  const populations = picture?.populations ?? []
  return (
    <div ref={root} className={styles.frame}>
      <div className={styles.view}>
        <Stack gap="md" miw={0}>
          {problem && <RunProblem problem={problem} />}
          <Paper withBorder p="md" component="section" aria-label="The model">
            <Stack gap="sm">
              <Transport
                {...{ playing, canStep, speed, rate: state.rate, stepMeans: simulation?.stepMeans }}
                steps={picture?.steps ?? (problem && 0)}
                onPlay={play}
                onStep={() => client.step()}
                onReset={reset}
                onSpeed={next => {
                  setSpeed(next)
                  if (playing) client.play(speeds[next] ?? null, stopAt)
                }}
                onPicture={() => savePicture(canvas.current, `${simulation?.name ?? 'simulation'}-step-${steps}.png`)}
              />
              <Stage
                client={client}
                canvas={canvas}
                chosen={chosen}
                glideMs={stepsPerSecond !== null && stepsPerSecond < slowestJumping ? 1000 / stepsPerSecond : 0}
                summary={`${simulation?.name ?? 'The model'} at step ${steps}: ${populations.map(({ name, size }) => `${shownCount(size)} ${name}`).join(', ')}`}
              />
              {client.frame && <StageLegend frame={client.frame} />}
              {!picture && !problem && <Skeleton height={320} aria-label="Loading" />}
            </Stack>
          </Paper>
          {charts.length > 0 && (
            <Paper withBorder p="md" component="section" aria-label="Charts">
              <div className={styles.charts}>
                {charts.map(({ title, columns, lines }) => (
                  <LiveChart key={title} {...{ title, columns, lines }} />
                ))}
              </div>
            </Paper>
          )}
          <div className={styles.below}>
            <AgentInspector
              {...{ populations, chosen, inspected: picture?.inspected }}
              onChoose={agent => client.choose(agent)}
              onNeighbour={(agent, direction) => client.chooseNeighbour(agent, direction)}
            />
            <TableDownloads
              tables={picture?.tables ?? []}
              keptUntil={picture?.keptUntil}
              onDownload={table => client.downloadCsv(table)}
            />
          </div>
        </Stack>
        <Stack gap="md" miw={0}>
          {simulation && (
            <ParametersPanel
              schema={simulation.schema}
              values={parameters}
              {...{ seed, stopAt }}
              onValues={next => {
                setParameters(next)
                beginSoon(next, seed)
              }}
              onSeed={next => {
                setSeed(next)
                beginSoon(parameters, next)
              }}
              onStopAt={next => {
                setStopAt(next)
                if (playing) client.play(stepsPerSecond, next)
              }}
            />
          )}
          <Text size="xs" c="dimmed">
            Keys: <Kbd size="xs">Space</Kbd> plays and pauses, <Kbd size="xs">→</Kbd> does one step,{' '}
            <Kbd size="xs">R</Kbd> resets, once something here has the focus.
          </Text>
        </Stack>
      </div>
    </div>
  )
}

/** So that a usual run takes some twenty seconds, and what moves can still be followed with the eye. */
function usualSpeed(steps: number, space: AgentsLayer['space'] | undefined): number {
  const most = space === 'network' ? 300 : 60
  const wanted = Math.min(most, Math.max(space === 'plane' ? 60 : 10, steps / 20))
  return speeds.findLastIndex(speed => speed !== null && speed <= wanted)
}

/** Who plays on after a pause wants to go past it. */
function further(stopAt: number | undefined, steps: number): number | undefined {
  return stopAt !== undefined && stopAt > steps ? stopAt : undefined
}

function savePicture(canvas: HTMLCanvasElement | null, name: string): void {
  canvas?.toBlob(blob => blob && saveFile(blob, name))
}
