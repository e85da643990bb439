/** Target `command`: a program that reads texts and writes predictions, as JSON Lines. */
import { isUtf8 } from 'node:buffer'
import { z } from 'zod'
import { CultivarError } from '../model/error.ts'
import type { Predicted } from '../model/prediction.ts'
import { answerSettings } from './answer-settings.ts'
import { isMember } from './answer-values.ts'
import { type CommandEnd, runCommand } from './command/run-command.ts'
import { failedWith, quoted } from './failure.ts'
import { answerReading, readAnswer } from './read-answer.ts'
import { throwIfStopped } from './stopping.ts'
import { defineTarget } from './target-kind.ts'

/** Lines of a program’s standard error that messages show: room for a stack with its message on top. */
const mostLastLines = 16

const settings = z
  .strictObject({
    kind: z.literal('command'),
    command: z
      .array(z.string())
      .min(1)
      .refine(([program]) => program !== '', 'name a program')
      .describe(
        'The program and its arguments, such as [python3, predict.py]; no shell reads it. It is started in the folder of the file that names it',
      ),
    timeoutMs: z
      .int()
      .min(10)
      .max(86_400_000)
      .default(120_000)
      .describe('Longest time in which it neither reads nor answers; loading its model counts'),
    ...answerSettings,
  })
  .describe(
    'The program reads one JSON object a line, {"id": 0, "text": "…"}, until its input ends, and writes one for each, in any order: {"id": 0, "label": "x", "score": 0.9}, {"id": 0, "labels": [{"label": "x", "score": 0.9}]} or {"id": 0, "entities": [{"start": 0, "end": 5, "label": "x", "score": 0.9}]}; {"id": 0, "error": "…"} says that there is no answer for this text. Other lines are passed over. It should write each answer at once (flush) and end when its input does.',
  )

/** Started once for each list of texts. Rejects with `provider-failed` where it answered not one of them. */
export const command = defineTarget({
  kind: 'command',
  summary: 'A program that reads texts and writes predictions, as JSON Lines',
  settings,
  async open(settings, context) {
    const { command, timeoutMs } = settings
    const reading = answerReading(context, settings)
    const name = command.join(' ')
    return {
      ...{ name, kind: 'command', task: context.task },
      async predict(texts, { signal, observe } = {}) {
        throwIfStopped(signal)
        if (texts.length === 0) return []
        const predicted = new Map<number, Predicted>()
        const strays = { count: 0, first: '' }
        const end = await runCommand({
          ...{ command, timeoutMs, signal, folder: context.folder, environment: context.environment },
          lines: linesOf(texts),
          hear(line) {
            const answer = answerIn(line)
            const id = answer?.['id'] as number
            if (answer && texts[id] !== undefined && !predicted.has(id)) {
              predicted.set(id, readAnswer(answer, texts[id], reading))
              observe?.({ done: predicted.size, all: texts.length })
            } else if (!answer && strays.count++ === 0) strays.first = quoted(line.toString('utf8', 0, 1000))
            return predicted.size === texts.length
          },
        })
        if (predicted.size === texts.length) return texts.map((_, id) => predicted.get(id)!)
        const why = [whyMissing(end, timeoutMs), strayWords(strays), lastWords(end)].filter(Boolean).join(' ')
        if (predicted.size === 0) throw silent(name, why)
        observe?.({ done: texts.length, all: texts.length })
        const missing = failedWith(
          end.timedOut ? 'timed-out' : 'no-answer',
          `The program gave no answer for this text. ${why}`,
        )
        return texts.map((_, id) => predicted.get(id) ?? missing)
      },
    }
  },
})

function* linesOf(texts: readonly string[]): Generator<string> {
  for (const [id, text] of texts.entries()) yield JSON.stringify({ id, text })
}

/** Undefined if the line is no answer: programs write all sorts of things. */
function answerIn(line: Buffer): Record<string, unknown> | undefined {
  if (!isUtf8(line)) return undefined
  try {
    const value: unknown = JSON.parse(line.toString('utf8').replace(/^\ufeff/, ''))
    return isMember(value) && Number.isSafeInteger(value['id']) ? value : undefined
  } catch {
    return undefined
  }
}

function whyMissing({ timedOut, status }: CommandEnd, timeoutMs: number): string {
  if (timedOut) return `It neither read nor answered for ${timeoutMs / 1000} s (the target’s timeoutMs).`
  if (typeof status === 'string') return `It was ended by ${status}.`
  return status ? `It ended with exit code ${status}.` : 'It ended without one.'
}

function strayWords({ count, first }: { count: number; first: string }): string {
  if (count === 0) return ''
  return `${count === 1 ? 'One line it wrote was' : `${count} lines it wrote were`} no answer: “${first}”.`
}

function lastWords({ words }: CommandEnd): string {
  const lines = words.split(/\r?\n/).slice(-mostLastLines).join('\n')
  return lines && `It says: ${lines}`
}

function silent(name: string, why: string): CultivarError {
  return new CultivarError(
    'provider-failed',
    `The command “${quoted(name)}” gave no prediction. ${why}`,
    'Try it by hand: echo \'{"id": 0, "text": "Hello"}\' | the command. It must write {"id": 0, "label": "…"} and end.',
  )
}
