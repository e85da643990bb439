/** Trains in a thread of its own, so that whoever waits can show progress and stop it. */
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { type SequenceTaggerOptions, trainSequenceTagger } from '../../learning/sequence-tagger.ts'
import { type TextClassifierOptions, trainTextClassifier } from '../../learning/text-classifier.ts'
import { CultivarError, type ErrorCode } from '../../model/error.ts'
import type { Example, Task } from '../../model/example.ts'

export interface TrainingJob {
  task: Task
  examples: readonly Pick<Example, 'id' | 'text' | 'labels' | 'entities'>[]
  options: Omit<TextClassifierOptions, 'observe'> & Omit<SequenceTaggerOptions, 'observe'>
}

type Said =
  | { share: number }
  | { bytes: Uint8Array; cpuMs: number }
  | { error: { code: ErrorCode; message: string; hint: string } }

const startWord = 'train-model'

/**
 * The bytes of the trained model, and the CPU time its thread took.
 * @throws CultivarError `bad-input` where nothing can be learned, `interrupted` once the thread is gone if the signal aborts.
 */
export function trainInWorker(
  job: TrainingJob,
  { signal, observe }: { signal?: AbortSignal; observe?: (share: number) => void } = {},
): Promise<{ bytes: Uint8Array; cpuMs: number }> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(stopped())
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { startWord, job } })
    const stop = () => void worker.terminate()
    signal?.addEventListener('abort', stop, { once: true })
    worker.on('message', (said: Said) => {
      if ('share' in said) observe?.(said.share)
      else if ('bytes' in said) resolve(said)
      else reject(new CultivarError(said.error.code, said.error.message, said.error.hint))
    })
    worker.on('error', reject)
    worker.on('exit', () => {
      signal?.removeEventListener('abort', stop)
      reject(signal?.aborted ? stopped() : new Error('the training thread ended without a model'))
    })
  })
}

function stopped(): CultivarError {
  return new CultivarError('interrupted', 'Training was stopped.', 'Nothing was saved; train again when you like.')
}

if (!isMainThread && workerData?.startWord === startWord) train(workerData.job)

function train({ task, examples, options }: TrainingJob): void {
  const say = (said: Said) => parentPort!.postMessage(said)
  const observe = (share: number) => say({ share })
  const before = process.threadCpuUsage()
  try {
    const given = examples as readonly Example[]
    const model =
      task === 'entities'
        ? trainSequenceTagger(given, { ...options, observe })
        : trainTextClassifier(given, { ...options, observe })
    const { user, system } = process.threadCpuUsage(before)
    say({ bytes: model.toBytes(), cpuMs: (user + system) / 1000 })
  } catch (error) {
    if (!(error instanceof CultivarError)) throw error
    const { code, message, hint } = error
    say({ error: { code, message, hint } })
  }
}
