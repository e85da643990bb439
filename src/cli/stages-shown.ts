/** Work of several stages in front of a person: what is done and how far it is, on stderr; the first Ctrl-C stops it. */
import { tell } from './output.ts'
import { watchStopSignals } from './signals.ts'

export interface StageProgress {
  stage: string
  /** 0 to 1. */
  share: number
}

const frameMs = { terminal: 100, file: 5_000 }
const barWidth = 24

/** Passes the work what it needs to be stopped and watched; leaves no trace of the live line. */
export async function withStagesShown<T>(
  work: (watching: { signal: AbortSignal; observe: (progress: StageProgress) => void }) => Promise<T>,
): Promise<T> {
  const { isTTY } = process.stderr
  const signals = watchStopSignals(() => tell('Stopping.'))
  let [stage, shownMs] = ['', 0]
  const observe = (progress: StageProgress) => {
    const nowMs = performance.now()
    const isNew = progress.stage !== stage
    if (!isNew && nowMs - shownMs < (isTTY ? frameMs.terminal : frameMs.file)) return
    ;[stage, shownMs] = [progress.stage, nowMs]
    const done = Math.round(barWidth * progress.share)
    const percent = `${Math.floor(100 * progress.share)} %`
    if (isTTY) {
      process.stderr.write(`\r\u001b[K${stage}  ${'█'.repeat(done)}${'░'.repeat(barWidth - done)}  ${percent}`)
    } else tell(isNew ? stage : `${stage}: ${percent}`)
  }
  try {
    return await work({ signal: signals.signal, observe })
  } finally {
    if (isTTY) process.stderr.write('\r\u001b[K')
    signals.release()
  }
}
