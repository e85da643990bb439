/** Play, one step, reset, how fast, and how far it is. */
import { ActionIcon, Button, Slider, Text, Tooltip, VisuallyHidden } from '@mantine/core'
import {
  IconPhoto,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerTrackNext,
  IconRefresh,
} from '@tabler/icons-react'
import { shownCount, shownCounts } from '../parts/figure-words.ts'
import styles from './simulation.module.css'

/** Steps a second; null: as fast as it goes. */
export const speeds = [1, 2, 5, 10, 20, 30, 60, 120, 300, 1000, null]

interface TransportProps {
  playing: boolean
  /** Whether there is a step to do. */
  canStep: boolean
  /** Undefined until the model is there. */
  steps: number | undefined
  stepMeans: string | undefined
  /** Steps a second, as it goes. */
  rate: number
  /** A place in `speeds`. */
  speed: number
  onPlay: () => void
  onStep: () => void
  onReset: () => void
  onSpeed: (speed: number) => void
  onPicture: () => void
}

export function Transport(props: TransportProps) {
  const { playing, canStep, steps, stepMeans, rate, speed, onPlay, onStep, onReset, onSpeed, onPicture } = props
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="The run">
      <Button
        w={112}
        leftSection={playing ? <IconPlayerPauseFilled size={16} /> : <IconPlayerPlayFilled size={16} />}
        onClick={onPlay}
        disabled={!playing && !canStep}
        aria-keyshortcuts="Space"
      >
        {playing ? 'Pause' : 'Play'}
      </Button>
      <ActionIcon.Group>
        <Tooltip label="One step (→)">
          <ActionIcon
            size={36}
            variant="default"
            aria-label="One step"
            aria-keyshortcuts="ArrowRight"
            onClick={onStep}
            disabled={!canStep}
          >
            <IconPlayerTrackNext size={18} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Reset (R)">
          <ActionIcon size={36} variant="default" aria-label="Reset" aria-keyshortcuts="R" onClick={onReset}>
            <IconRefresh size={18} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Save the picture (PNG)">
          <ActionIcon size={36} variant="default" aria-label="Save the picture (PNG)" onClick={onPicture}>
            <IconPhoto size={18} />
          </ActionIcon>
        </Tooltip>
      </ActionIcon.Group>
      <div className={styles.speed}>
        <Text size="xs" c="dimmed" id="simulation-speed">
          {speedInWords(speed)}
        </Text>
        <Slider
          size="sm"
          min={0}
          max={speeds.length - 1}
          value={speed}
          onChange={onSpeed}
          label={null}
          thumbLabel="Speed"
          thumbProps={{ 'aria-valuetext': speedInWords(speed) }}
        />
      </div>
      <div className={styles.steps}>
        <Text fw={700} lh={1.2}>
          {steps === undefined ? 'Starting …' : `Step ${shownCount(steps)}`}
        </Text>
        <Text size="xs" c="dimmed">
          {playing && rate > 0
            ? `${shownCount(Math.round(rate))} a second`
            : (stepMeans && `a step is ${stepMeans}`) || <VisuallyHidden>paused</VisuallyHidden>}
        </Text>
      </div>
    </div>
  )
}

function speedInWords(speed: number): string {
  const steps = speeds[speed]
  return steps === null || steps === undefined ? 'As fast as it goes' : `${shownCounts(steps, 'step')} a second`
}
