/** A thousand decisions in a row on a server that is killed again and again: none is lost, none is stored twice. */
import { expect, it } from 'vitest'
import { createProject } from '../../src/app/projects.ts'
import { initWorkspace, openWorkspace } from '../../src/app/workspace.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { type ServedStudio, serveStudio } from './open-studio.ts'

const reviews = 1000
/** Before which review the server is killed, and how long after it was sent, in milliseconds. */
const kills = new Map([
  [250, 0],
  [500, 2],
  [750, 4],
])

it('a thousand reviews in a row are all there, though the server was killed three times meanwhile', async () => {
  const folder = temporaryFolder()
  await fillWorkspace(folder)
  let studio = await serveStudio(folder)
  const { url } = studio
  let cookie = await signIn(studio)
  const restart = async () => {
    await studio.process.ended
    studio = await serveStudio(folder, { args: ['--port', new URL(url).port] })
    cookie = await signIn(studio)
  }
  /** Sends it until there is an answer, as a page does. */
  const send = async (path: string, body: unknown): Promise<{ decided: number; unchanged: number }> => {
    const headers = { 'content-type': 'application/json', origin: url, cookie }
    const answer = await fetch(`${url}/api/projects/support/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    }).catch(() => undefined)
    if (answer) {
      const said = await answer.json()
      expect(answer.status, JSON.stringify(said)).toBe(200)
      return said as { decided: number; unchanged: number }
    }
    await restart()
    return send(path, body)
  }

  let repeated = 0
  for (let i = 0; i < reviews; i++) {
    const delayMs = kills.get(i)
    const { child } = studio.process
    if (delayMs !== undefined) setTimeout(() => child.kill('SIGKILL'), delayMs)
    const { decided, unchanged } = await send('decisions', { decisions: [decisionOn(i)], seen: { [`r${i}`]: 0 } })
    expect(decided + unchanged).toBe(1)
    repeated += unchanged
  }

  studio.process.child.kill('SIGKILL')
  await studio.process.ended
  const workspace = await openWorkspace({ folder, cwd: folder, environment: {} })
  const decisions = await workspace.store.listDecisions('support', 2 * reviews)
  expect(decisions.map(({ sequence, record, kind }) => ({ sequence, record, kind })).reverse()).toEqual(
    Array.from({ length: reviews }, (_, i) => ({ sequence: i + 1, record: `r${i}`, kind: decisionOn(i).kind })),
  )
  const ids = decisions.slice(0, 9).map(({ record }) => record)
  for (const { id, status, tags } of await workspace.store.recordsById(ids)) {
    const { kind } = decisionOn(Number(id.slice(1)))
    expect({ status, tags }).toEqual({
      status: kind === 'accept' ? 'accepted' : kind === 'reject' ? 'rejected' : 'pending',
      tags: kind === 'tag' ? ['odd'] : [],
    })
  }
  await workspace.close()
  // Whether a kill fell between storing and answering is up to the machine.
  expect(repeated).toBeLessThanOrEqual(kills.size)
}, 240_000)

function decisionOn(i: number) {
  const record = `r${i}`
  if (i % 7 === 0) return { kind: 'tag', record, tag: 'odd' }
  return { kind: i % 3 === 0 ? 'reject' : 'accept', record }
}

async function fillWorkspace(folder: string): Promise<void> {
  await initWorkspace(folder)
  const workspace = await openWorkspace({ folder, cwd: folder, environment: {} })
  await createProject(workspace, { name: 'support' })
  const records = Array.from({ length: reviews }, (_, i) => ({
    ...{ id: `r${i}`, fields: { text: `text ${i}` }, labels: [], spans: [], tags: [], cell: '' },
    ...{ split: 'train' as const, status: 'pending' as const, source: `f.csv:${i}` },
  }))
  await workspace.store.addRecords('support', records, 1)
  await workspace.close()
}

async function signIn({ openingUrl }: ServedStudio): Promise<string> {
  const answer = await fetch(openingUrl, { redirect: 'manual' })
  return answer.headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ')
}
