/** The endpoint table as routes: each request is admitted, checked, handled and answered in one way. */
import type { Hono } from 'hono'
import { type Endpoint, type Role, roles } from '../model/api/endpoint.ts'
import type { Problem } from '../model/api/problem.ts'
import { endpoints } from '../model/api.ts'
import { CultivarError } from '../model/error.ts'
import { eventsAnswer, fileAnswer, jsonAnswer, problemAnswer } from './answer.ts'
import { arriving } from './arriving.ts'
import type { Context, Download, Person } from './handler.ts'
import { handlers } from './handlers.ts'
import { openApiDocument } from './open-api-document.ts'
import { problemOf } from './problem-of.ts'
import { readInput } from './read-input.ts'
import type { Door } from './security/door.ts'
import type { StudioBindings } from './studio-app.ts'

type Work = (context: Context, received: unknown) => unknown

/** A browser opens a few; whoever opens more wears the server out. */
const mostStreams = 500

/** `report` is told of faults of ours. */
export function addApiRoutes(
  app: Hono<StudioBindings>,
  shared: Pick<Context, 'workspace' | 'jobs' | 'runs' | 'uploads' | 'owner' | 'ownSimulations'>,
  report: (error: unknown) => void,
): void {
  let streams = 0
  const explain = (error: unknown): Problem => {
    if (!(error instanceof CultivarError)) report(error)
    return problemOf(error)
  }
  const answering = async (work: () => Promise<Response>) => {
    try {
      return await work()
    } catch (error) {
      return problemAnswer(explain(error))
    }
  }
  app.get('/api/openapi.json', c =>
    answering(async () => {
      admit(c.get('door'), 'reviewer')
      return jsonAnswer(openApiDocument())
    }),
  )
  for (const [name, endpoint] of Object.entries(endpoints) as [keyof typeof endpoints, Endpoint][]) {
    const work = handlers[name] as Work
    app.on(endpoint.method, `/api${endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1')}`, c =>
      answering(async () => {
        const request = c.req.raw
        // It would be answered as GET, whose stream nobody then reads.
        if (request.method === 'HEAD') throw noEndpoint('HEAD', c.req.path)
        const door = c.get('door')
        const person = endpoint.open ? nobody : admit(door, endpoint.role)
        const input = await readInput(endpoint, c.req.param(), request)
        if (input.problem) return problemAnswer(input.problem)
        // Whoever reads a stream may leave it without the connection ending.
        const left = new AbortController()
        const signal = endpoint.reply ? AbortSignal.any([request.signal, left.signal]) : request.signal
        const context = { ...shared, person, door, signal, bytes: arriving(request.body) }
        if (endpoint.reply !== 'events' || !endpoint.out) {
          const value = await work(context, input.received)
          if (endpoint.reply === 'file') return fileAnswer(value as Download, { left, report })
          return endpoint.out ? jsonAnswer(endpoint.out.parse(value)) : new Response(null, { status: 204 })
        }
        if (streams >= mostStreams) throw tooManyStreams()
        const values = work(context, input.received) as AsyncIterable<unknown>
        streams++
        return eventsAnswer(values, endpoint.out, {
          ...{ left, problem: explain, mayGoOn: door.isOpen },
          onEnd: () => streams--,
        })
      }),
    )
  }
  app.all('/api/*', c =>
    answering(async () => {
      admit(c.get('door'), 'reviewer')
      throw noEndpoint(c.req.method, c.req.path)
    }),
  )
}

const nobody: Person = { name: '', role: 'reviewer' }

/** Whoever is signed in, if their role will do. Throws CultivarError `signed-out` and `forbidden`. */
function admit({ account }: Door, least: Role): Person {
  if (!account)
    throw new CultivarError(
      'signed-out',
      'Nobody is signed in.',
      'Open the address that “cultivar studio” printed, or sign in at /sign-in.',
    )
  const { name, role } = account
  if (roles.indexOf(role) >= roles.indexOf(least)) return { name, role }
  throw new CultivarError(
    'forbidden',
    `This takes the role ${least}; yours is ${role}.`,
    'Ask an admin of this studio.',
  )
}

function noEndpoint(method: string, path: string): CultivarError {
  return new CultivarError(
    'not-found',
    `There is no ${method} ${path.slice(0, 200)}.`,
    'See /api/openapi.json for what there is.',
  )
}

function tooManyStreams(): CultivarError {
  return new CultivarError('too-many-tries', 'Too many pages are watching at once.', 'Close some of them.', {
    retryAfterSeconds: 10,
  })
}
