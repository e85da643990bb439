/** Where a model is seen: a canvas that keeps up with the screen, and whose agents can be clicked. */
import { useComputedColorScheme } from '@mantine/core'
import { useElementSize, useReducedMotion } from '@mantine/hooks'
import { type MouseEvent, type RefObject, useEffect, useRef } from 'react'
import type { Frame } from '../../../src/simulations/watch/frame.ts'
import type { AgentChoice } from '../../../src/simulations/watch/watched-run.ts'
import { agentAt } from './agent-at.ts'
import { Painter } from './painter.ts'
import styles from './simulation.module.css'
import type { SimulationClient } from './simulation-client.ts'
import { stageSize } from './stage-size.ts'
import { Tween } from './tween.ts'

interface StageProps {
  client: SimulationClient
  canvas: RefObject<HTMLCanvasElement | null>
  /** Says what is to be seen. */
  summary: string
  /** How long agents take from one picture to the next; 0: they jump. */
  glideMs: number
  chosen: AgentChoice | undefined
}

/** Of the window’s height, so that what is beside and below it is seen too. */
const mostOfHeight = 0.66
const leastHeight = 260

export function Stage({ client, canvas, summary, glideMs, chosen }: StageProps) {
  const { ref: measured, width } = useElementSize()
  const scheme = useComputedColorScheme('light')
  const still = useReducedMotion()
  const look = useRef({ width, glideMs, scheme, chosen })
  look.current = { width, glideMs: still ? 0 : glideMs, scheme, chosen }
  useEffect(() => {
    const painter = new Painter(canvas.current!)
    let tween: Tween | undefined
    let drawn: Frame | undefined
    let arrivedMs = 0
    let painted = ''
    const paint = (nowMs: number) => {
      request = requestAnimationFrame(paint)
      client.askForPicture()
      const { frame } = client
      const { current } = look
      if (!frame || current.width === 0) return
      if (frame !== drawn) {
        tween = current.glideMs > 0 ? new Tween(drawn, frame) : undefined
        drawn = frame
        arrivedMs = nowMs
        painted = ''
      }
      const share = tween ? Math.min(1, (nowMs - arrivedMs) / current.glideMs) : 1
      const density = window.devicePixelRatio || 1
      const height = Math.max(leastHeight, mostOfHeight * window.innerHeight)
      const size = stageSize(frame, { width: current.width, height }, density)
      const wanted = `${size.width} ${size.height} ${current.scheme} ${current.chosen?.population} ${current.chosen?.id} ${share}`
      if (wanted === painted) return
      painted = wanted
      resize(canvas.current!, size)
      painter.paint(frame, tween?.at(share) ?? new Map(), { scheme: current.scheme, density, chosen: current.chosen })
    }
    let request = requestAnimationFrame(paint)
    return () => cancelAnimationFrame(request)
  }, [client, canvas])
  const choose = (event: MouseEvent<HTMLCanvasElement>) => {
    const { left, bottom, width: across, height: down } = event.currentTarget.getBoundingClientRect()
    if (client.frame)
      client.choose(agentAt(client.frame, (event.clientX - left) / across, (bottom - event.clientY) / down, across))
  }
  return (
    <div ref={measured} className={styles.stage}>
      {/* By keyboard, agents are chosen in the inspector beside it. */}
      <canvas ref={canvas} className={styles.canvas} role="img" aria-label={summary} onClick={choose} />
    </div>
  )
}

function resize(canvas: HTMLCanvasElement, { width, height, density }: ReturnType<typeof stageSize>): void {
  // Setting the same size would clear the canvas all the same.
  if (canvas.width === width && canvas.height === height) return
  canvas.width = width
  canvas.height = height
  canvas.style.width = `${width / density}px`
  canvas.style.height = `${height / density}px`
}
