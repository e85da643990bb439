/** The process that documents are read in: a thread of it reads, and it ends itself when that takes too much memory. */
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { type ReadingJob, type ReadingReply, readingThread } from './isolation-thread.ts'

export interface ChildReply {
  reply: ReadingReply
  /** Memory the process holds after reading, in MB: what it keeps of one document is taken from the next. */
  heldMb: number
}

/** The file to start, and the arguments that make it a reading process with so much memory, in MB. */
export function readingChild(memoryLimitMb: number): { file: string; args: string[]; options: string[] } {
  return {
    file: fileURLToPath(import.meta.url),
    args: [startWord, String(memoryLimitMb)],
    // Nothing that a document could make a reader do writes a file or starts a program.
    options: ['--permission', '--allow-fs-read=*', '--allow-worker', '--no-warnings'],
  }
}

const startWord = 'read-documents'
const watchEveryMs = 10
/** Of its memory, so that what is no longer used is cleared away before the rest is used up. */
const heapShare = 0.7
/** Young objects of a page die together: with room for them, far fewer are copied. */
const youngSpaceMb = 32

if (import.meta.main && process.argv[2] === startWord) readDocuments(Number(process.argv[3]))

function readDocuments(memoryLimitMb: number): void {
  const thread = new Worker(readingThread.file, {
    workerData: readingThread.workerData,
    resourceLimits: {
      maxOldGenerationSizeMb: memoryLimitMb * heapShare,
      maxYoungGenerationSizeMb: youngSpaceMb,
      stackSizeMb: 4,
    },
  })
  let watch: NodeJS.Timeout | undefined
  const send = (reply: ReadingReply, then?: () => void) => {
    clearInterval(watch)
    if (process.connected) process.send!({ reply, heldMb: residentMb() } satisfies ChildReply, () => then?.())
  }
  const end = () => process.kill(process.pid, 'SIGKILL')
  const exceed = () => {
    // The thread first: what it still allocated while the message went out would not be bounded.
    void thread.terminate()
    send({ exceeded: 'memory' }, end)
  }
  process.on('message', (job: ReadingJob) => {
    watch = setInterval(() => residentMb() > memoryLimitMb && exceed(), watchEveryMs)
    thread.postMessage(job)
  })
  process.on('disconnect', end)
  thread.on('message', (reply: ReadingReply) => send(reply))
  thread.on('error', (cause: NodeJS.ErrnoException) => (cause.code === 'ERR_WORKER_OUT_OF_MEMORY' ? exceed() : end()))
}

function residentMb(): number {
  return process.memoryUsage.rss() / 2 ** 20
}
