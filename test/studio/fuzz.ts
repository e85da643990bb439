/** Every endpoint of the table asked with inputs from its own schemas, and what must hold of each answer. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect } from 'vitest'
import { importRecords } from '../../src/app/import-records.ts'
import { createProject } from '../../src/app/projects.ts'
import type { Workspace } from '../../src/app/workspace.ts'
import type { Endpoint } from '../../src/model/api/endpoint.ts'
import { problem as problemSchema } from '../../src/model/api/problem.ts'
import { endpoints } from '../../src/model/api.ts'
import { type InProcessStudio, inProcessStudio } from '../in-process-studio.ts'
import { temporaryWorkspace } from '../temporary-workspace.ts'
import { inputsOf, type Sent } from './inputs.ts'

/** Whatever would leave the machine goes to a proxy that is not there. */
const nowhere = { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: '' }

/** Fails with all that was answered wrongly, each with what was sent. */
export async function fuzzEveryEndpoint(options: {
  seed: number
  /** Inputs of each endpoint. */
  each: number
  /** Jobs each may begin. */
  jobs: number
}): Promise<void> {
  const workspace = await temporaryWorkspace(nowhere)
  const studio = await inProcessStudio(workspace, { mostUploadBytes: 5000 })
  const names = new Names()
  const wrong: string[] = []
  await furnish(studio, names, options.jobs > 1)
  // What removes comes last, and each endpoint finds the project there.
  const order = (Object.entries(endpoints) as [string, Endpoint][]).toSorted(
    ([, a], [, b]) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'),
  )
  for (const [name, endpoint] of order) {
    if (keepsOut.has(name)) continue
    await restock(workspace)
    const inputs = fc.sample(
      inputsOf(endpoint, member => names.of(member)),
      { seed: options.seed, numRuns: options.each },
    )
    let begun = 0
    for (const sent of inputs) {
      if (begun >= options.jobs) break
      const [before] = studio.jobs.list()
      const fault = await faultOf(studio, endpoint, sent, names)
      const [latest] = studio.jobs.list()
      // What it begins is stopped at once: other tests see to that.
      if (latest && latest.id !== before?.id) {
        studio.jobs.cancel(latest.id)
        begun++
      }
      if (fault) wrong.push(`${name}: ${fault}\n  ${JSON.stringify(sent).slice(0, 400)}`)
    }
  }
  expect(wrong).toEqual([])
}

/** Their way out would sign the test out, or slow it down as if somebody guessed passwords. */
const keepsOut = new Set(['signOut', 'signIn', 'acceptInvitation', 'changePassword'])

async function faultOf(
  studio: InProcessStudio,
  endpoint: Endpoint,
  sent: Sent,
  names: Names,
): Promise<string | undefined> {
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_, member: string) => encodeURIComponent(sent.params[member]!))
  const search = new URLSearchParams()
  for (const [member, value] of Object.entries(sent.query))
    for (const one of Array.isArray(value) ? value : [value]) search.append(member.toWellFormed(), String(one))
  const before = studio.reported.length
  const answer = endpoint.upload
    ? await studio.request(`/api${path}?${search}`, {
        method: endpoint.method,
        headers: { 'content-type': 'application/octet-stream' },
        body: Buffer.alloc(300),
      })
    : await studio.send(endpoint.method, `/api${path}?${search}`, endpoint.body ? (sent.body ?? null) : undefined)
  if (answer.status === 500 || studio.reported.length > before) {
    const [error] = studio.reported.slice(before)
    return `500: ${error instanceof Error ? error.stack?.split('\n').slice(0, 6).join('\n    ') : String(error)}`
  }
  if (answer.status >= 400) return problemFault(endpoint, sent, answer)
  names.collect(await endOf(answer, endpoint), nounOf(endpoint.path))
  const accepted = endpoint.body?.safeParse(JSON.parse(JSON.stringify(sent.body ?? null))).success ?? true
  return accepted ? undefined : 'what its schema refuses was accepted'
}

async function problemFault(endpoint: Endpoint, sent: Sent, answer: Response): Promise<string | undefined> {
  if (answer.headers.get('content-type') !== 'application/problem+json') return `${answer.status} without a problem`
  const parsed = problemSchema.safeParse(await answer.json())
  if (!parsed.success) return `${answer.status} with what is no problem`
  const { code, errors } = parsed.data
  const refused = endpoint.body && !endpoint.body.safeParse(JSON.parse(JSON.stringify(sent.body ?? null))).success
  if (!refused || code !== 'bad-input') return undefined
  const named = errors.length > 0 && errors.every(({ path }) => /^(params|query|body)(\.|$)/.test(path))
  return named ? undefined : `bad input without the path of the member: ${JSON.stringify(errors).slice(0, 200)}`
}

/** What was answered, where it is JSON; streams are left after their first words. */
async function endOf(answer: Response, { reply, out }: Endpoint): Promise<unknown> {
  if (reply !== 'events') return out && !reply ? answer.json() : answer.arrayBuffer().then(() => undefined)
  const reader = answer.body!.getReader()
  await reader.read()
  await reader.cancel()
  return undefined
}

/** Something of each kind, so that what works on it is reached. */
async function furnish(studio: InProcessStudio, names: Names, trained: boolean): Promise<void> {
  await restock(studio.workspace)
  const uploaded = await studio.request('/api/uploads?name=manual.md', {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: '# Manual\n\nPress the green button to begin. It stops by itself after ten minutes.\n',
  })
  const { upload } = (await uploaded.json()) as { upload: string }
  const templates = ['My parcel is late.', 'The box is {state}.', 'I paid {state}.'].map(text => ({
    text,
    label: 'bug',
  }))
  const params = { templates, slots: { state: ['twice', 'never', 'early'] } }
  const recipe = { project: 'shop', generator: 'template', params, target: 2 }
  for (const [path, body] of [
    [
      '/providers',
      { settings: { kind: 'openai-compatible', name: 'near', endpoint: 'http://127.0.0.1:9/v1', model: 'm' } },
    ],
    ['/projects/shop/documents', { uploads: [upload] }],
    ['/projects/shop/runs', { recipe }],
    ...(trained ? [['/projects/shop/models', { name: 'shop' }] as const] : []),
    ['/suites', { name: 'small' }],
  ] as const) {
    const answer = await studio.send('POST', `/api${path}`, body)
    names.collect(await answer.json(), nounOf(path))
  }
  await settled(studio)
  const { records } = (await (await studio.request('/api/projects/shop/records')).json()) as { records: unknown }
  names.collect(records, 'record')
}

async function settled({ jobs }: InProcessStudio): Promise<void> {
  const over = AbortSignal.timeout(30_000)
  await Promise.all(jobs.list().map(({ id }) => Array.fromAsync(jobs.watch(id, over))))
}

async function restock(workspace: Workspace): Promise<void> {
  if ((await workspace.store.listProjects()).some(({ project }) => project.name === 'shop')) return
  await createProject(workspace, { name: 'shop', labels: ['bug', 'billing'] })
  const file = join(workspace.folder, 'shop.jsonl')
  const rows = Array.from({ length: 12 }, (_, at) => ({
    text: `Text ${at} about a ${at % 2 ? 'bill' : 'bug'} <b>&amp;</b>`,
    label: at % 2 ? 'billing' : 'bug',
  }))
  writeFileSync(file, rows.map(row => JSON.stringify(row)).join('\n'))
  await importRecords(workspace, { project: 'shop', file })
}

/** Names and ids that the API told of: what is there can be asked for. */
class Names {
  readonly #byMember = new Map<string, Set<string>>()

  of(member: string): string[] {
    const own = [...(this.#byMember.get(member) ?? [])]
    return member === 'project' ? ['shop'] : own.slice(-20)
  }

  collect(value: unknown, noun: string): void {
    if (typeof value !== 'object' || value === null) return
    for (const [member, inside] of Object.entries(value)) {
      if (typeof inside !== 'string') this.collect(inside, noun)
      else if (inside.length <= 100) this.#add(member === 'id' || member === 'name' ? noun : member, inside)
    }
  }

  #add(member: string, name: string): void {
    const known = this.#byMember.get(member) ?? new Set()
    if (known.size < 200) this.#byMember.set(member, known.add(name))
  }
}

/** `/projects/{project}/records` is about a record. */
function nounOf(path: string): string {
  const nouns = path.split('/').filter(part => part !== '' && !part.startsWith('{'))
  return nouns.at(-1)!.replace(/s$/, '')
}
