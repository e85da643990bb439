/** Measures many texts in a thread of its own, so that whoever watches or asks meanwhile does not wait. */
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { copiesOf, measureQuality, type NearCopies, type Quality, type SampledText } from './quality.ts'

interface Measuring {
  grown: SampledText[]
  real: SampledText[]
  /** Real texts held out for evaluation. */
  heldOut?: SampledText[]
}

interface Measured {
  /** Undefined without grown texts. */
  quality: Quality | undefined
  /** Grown texts that resemble one held out. */
  ofHeldOut?: NearCopies
}

/** Fewer texts are measured sooner than a thread is started. */
const mostInline = 400
const startWord = 'measure-quality'

export function measured(measuring: Measuring): Promise<Measured> {
  const { grown, real, heldOut = [] } = measuring
  if (grown.length + real.length + heldOut.length <= mostInline) return Promise.resolve(measure(measuring))
  return new Promise((resolve, reject) => {
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { startWord, measuring } })
    worker.on('message', resolve)
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('the measuring thread ended without figures')))
  })
}

function measure({ grown, real, heldOut }: Measuring): Measured {
  const quality = measureQuality(grown, real)
  return { quality, ...(heldOut && { ofHeldOut: copiesOf(grown, heldOut) }) }
}

if (!isMainThread && workerData?.startWord === startWord) parentPort!.postMessage(measure(workerData.measuring))
