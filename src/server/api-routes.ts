/** The endpoint table as routes: each request is admitted, checked, handled and answered in one way. */
import type { Hono } from 'hono'
import { type Endpoint, type Role, roles } from '../model/api/endpoint.ts'
import type { Problem } from '../model/api/problem.ts'
import { endpoints } from '../model/api.ts'
import { CultivarError } from '../model/error.ts'
import { eventsAnswer, fileAnswer, jsonAnswer, problemAnswer } from './answer.ts'
import type { Context, Download } from './handler.ts'
import { handlers } from './handlers.ts'
import { openApiDocument } from './open-api-document.ts'
import { problemOf } from './problem-of.ts'
import { readInput } from './read-input.ts'
import type { StudioBindings } from './studio-app.ts'

type Work = (context: Context, received: unknown) => unknown

/** `report` is told of faults of ours. */
export function addApiRoutes(
  app: Hono<StudioBindings>,
  shared: Pick<Context, 'workspace' | 'jobs' | 'uploads' | 'accounts'>,
  report: (error: unknown) => void,
): void {
  const explain = (error: unknown): Problem => {
    if (!(error instanceof CultivarError)) report(error)
    return problemOf(error)
  }
  app.get('/api/openapi.json', () => jsonAnswer(openApiDocument()))
  for (const [name, endpoint] of Object.entries(endpoints) as [keyof typeof endpoints, Endpoint][]) {
    const work = handlers[name] as Work
    app.on(endpoint.method, `/api${endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1')}`, async c => {
      const person = c.get('person')
      if (!mayUse(person.role, endpoint.role)) return problemAnswer(forbidden(person.role, endpoint.role))
      const request = c.req.raw
      try {
        const input = await readInput(endpoint, c.req.param(), request)
        if (input.problem) return problemAnswer(input.problem)
        const bytes = request.body ?? emptyBody()
        const given = work({ ...shared, person, bytes, signal: request.signal }, input.received)
        if (endpoint.reply === 'events' && endpoint.out) {
          return eventsAnswer(given as AsyncIterable<unknown>, endpoint.out, {
            signal: request.signal,
            problem: explain,
          })
        }
        const value = await given
        if (endpoint.reply === 'file') return fileAnswer(value as Download)
        return endpoint.out ? jsonAnswer(endpoint.out.parse(value)) : new Response(null, { status: 204 })
      } catch (error) {
        return problemAnswer(explain(error))
      }
    })
  }
  app.all('/api/*', c => problemAnswer(explain(noEndpoint(c.req.method, c.req.path))))
}

function mayUse(role: Role, least: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(least)
}

function forbidden(role: Role, least: Role): Problem {
  return {
    ...problemOf(
      new CultivarError(
        'egress-denied',
        `This takes the role ${least}; yours is ${role}.`,
        'Ask an admin of this studio.',
      ),
    ),
    type: 'urn:cultivar:forbidden',
    code: 'forbidden',
    status: 403,
  }
}

function noEndpoint(method: string, path: string): CultivarError {
  return new CultivarError('not-found', `There is no ${method} ${path}.`, 'See /api/openapi.json for what there is.')
}

async function* emptyBody(): AsyncIterable<Uint8Array> {
  // Nothing was sent.
}
