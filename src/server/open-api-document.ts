/** The endpoint table as an OpenAPI 3.1 document. */
import { z } from 'zod'
import { version } from '../app/version.ts'
import type { Endpoint } from '../model/api/endpoint.ts'
import { problem } from '../model/api/problem.ts'
import { endpoints } from '../model/api.ts'
import { errorCodes } from '../model/error.ts'

type Schema = Record<string, unknown>

export function openApiDocument(): Schema {
  const paths: Record<string, Schema> = {}
  for (const [name, endpoint] of Object.entries(endpoints) as [string, Endpoint][]) {
    const path = `/api${endpoint.path}`
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(name, endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Cultivar',
      version,
      description: 'Everything the studio does. Signed in by the cookie of the studio.',
    },
    components: {
      schemas: { Problem: jsonSchema(problem, 'output') },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'cultivar-{port}' } },
    },
    security: [{ session: [] }],
    paths,
  }
}

function operation(name: string, endpoint: Endpoint): Schema {
  const { summary, role, params, query, body, upload, errors = [] } = endpoint
  const [, area] = endpoint.path.split('/')
  return {
    operationId: name,
    summary,
    tags: [area],
    'x-role': role,
    parameters: [...parameters('path', params), ...parameters('query', query)],
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(body, 'input') } } },
    }),
    ...(upload && { requestBody: { required: true, content: { 'application/octet-stream': {} } } }),
    responses: { ...success(endpoint), ...failures(errors) },
  }
}

function success({ out, reply }: Endpoint): Schema {
  if (reply === 'file') return { 200: { description: 'The file', content: { '*/*': {} } } }
  if (!out) return { 204: { description: 'Done' } }
  const type = reply === 'events' ? 'text/event-stream' : 'application/json'
  const description = reply === 'events' ? 'Events “value”, each a whole value, then one “end”' : 'The answer'
  return { 200: { description, content: { [type]: { schema: jsonSchema(out, 'output') } } } }
}

function failures(codes: NonNullable<Endpoint['errors']>): Schema {
  const byStatus = Map.groupBy(['bad-input' as const, ...codes], code => errorCodes[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )
}

function parameters(place: 'path' | 'query', schema: z.ZodObject | undefined): Schema[] {
  if (!schema) return []
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, { description?: string }>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...member }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description && { description }),
    schema: member,
  }))
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}
