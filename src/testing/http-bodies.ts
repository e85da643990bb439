/** Bodies on their way: requests collected whole, answers sent in pieces, or only half. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { WireAnswer } from './openai-reply.ts'

/** Hands over the whole body once it is here; never if the client breaks off. */
export function collectBody(request: IncomingMessage, whenWhole: (text: string) => void): void {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => whenWhole(Buffer.concat(chunks).toString('utf8')))
}

export function sendAnswer(response: ServerResponse, { status, headers, pieces }: WireAnswer): void {
  const [first = '', ...rest] = pieces
  if (rest.length === 0) {
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(first) }).end(first)
    return
  }
  response.writeHead(status, headers)
  for (const piece of pieces) response.write(piece)
  response.end()
}

/** The head and half of the body, then `stop`. */
export function sendHalf(response: ServerResponse, { status, headers, pieces }: WireAnswer, stop: () => void): void {
  const whole = pieces.join('')
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(whole) })
  response.write(whole.slice(0, whole.length / 2), stop)
}
