/** Endpoints of tests: servers on loopback that predict, or whatever else they are told to, and the targets that ask them. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { CultivarError } from '../src/model/error.ts'
import { isFailed, type Predicted, type Target } from '../src/model/prediction.ts'
import { openTarget, targetSettings } from '../src/targets/open-target.ts'
import type { TargetContext } from '../src/targets/target-kind.ts'
import { httpServer } from './http-server.ts'
import { targetContext } from './target-context.ts'

export interface Received {
  texts: string[]
  body: unknown
  request: IncomingMessage
  atMs: number
}

type Reply = (received: Received, response: ServerResponse, ordinal: number) => unknown

/** A server that predicts `x` for each text, unless `reply` has something else to say; and all it received. */
export async function serving(reply: Reply) {
  const received: Received[] = []
  const url = await httpServer(async (request, response) => {
    const body = JSON.parse(await new Response(request as never).text())
    const got = { body, texts: body.texts ?? body.inputs ?? [body.text], request, atMs: performance.now() }
    received.push(got)
    const answer = await reply(got, response, received.length)
    if (answer === undefined || response.destroyed) return
    response.end(typeof answer === 'string' || Buffer.isBuffer(answer) ? answer : JSON.stringify(answer))
  })
  return { url, received }
}

/** What the server predicts. */
export const right = ({ texts }: Received) => ({ predictions: texts.map(text => ({ label: `is ${text}` })) })

export async function opened(settings: object, context: Partial<TargetContext> = {}): Promise<Target> {
  const parsed = targetSettings.parse({ kind: 'http', retries: 0, ...settings })
  return openTarget(parsed, targetContext('classification', context))
}

export const numbered = (count: number) => Array.from({ length: count }, (_, at) => `t${at}`)
/** The label of each, or the code of its failure. */
export const labelsOf = (predicted: Predicted[]) =>
  predicted.map(each => (isFailed(each) ? each.failed.code : each.labels.map(({ label }) => label).join()))
export const rejection = async (work: Promise<unknown>): Promise<CultivarError> => {
  const error = await work.then(
    () => new Error('it did not reject'),
    error => error,
  )
  if (!(error instanceof CultivarError)) throw error
  return error
}
