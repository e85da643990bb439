/** One document, one command, one file of questions and answers. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readingTeacher } from '../reading-teacher.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { cultivar, examples, json, serve, start } from './command-line.ts'

const press = readFileSync(join(examples, 'documents', 'tallow-press.md'), 'utf8')

/** A folder with the manual in it and no workspace, and the environment that names the server. */
function desk(server: { url: string }, manual = press) {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'press.md'), manual)
  const environment = { API_ENDPOINT: server.url, API_KEY: 'k', MODEL: 'scripted-1' }
  const qa = (args: string[], input?: string) =>
    cultivar(folder, ['qa', ...args], { environment, ...(input !== undefined && { input }) })
  const rows = (name = 'qa.jsonl') =>
    readFileSync(join(folder, name), 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
  return { folder, environment, qa, rows }
}

it('makes qa.jsonl of a file, in a folder where nothing is set up, and pays for nothing twice', async () => {
  const server = await serve({ script: readingTeacher() })
  const { folder, qa, rows } = desk(server)
  const first = await qa(['press.md'])
  expect(first.code, first.stderr).toBe(0)
  for (const said of ['Made a workspace in', 'Made project qa', 'Read press.md', 'Wrote 5 pairs'])
    expect(first.stderr).toContain(said)
  const pairs = rows()
  expect(pairs).toHaveLength(5)
  for (const pair of pairs) {
    expect(Object.keys(pair)).toEqual(['question', 'answer'])
    expect(press).toContain(pair.answer)
  }
  const paid = server.counts.received

  const again = json(await qa(['press.md', '--json']))
  expect(again).toMatchObject({ state: 'done', kept: 5 })
  expect(server.counts.received).toBe(paid)
  expect(rows()).toEqual(pairs)

  // More of the same is the same run.
  const more = json(await qa(['press.md', '--qa-nums', '9', '--json']))
  expect(more).toMatchObject({ run: again.run, kept: 9 })
  expect(rows().slice(0, 5)).toEqual(pairs)
  expect(rows()).toHaveLength(9)

  const documents = json(await cultivar(folder, ['documents', 'list', '--json']))
  expect(documents).toMatchObject([{ name: 'press.md', project: 'qa' }])
})

it('reads what is piped in, and writes the fields that are asked for', async () => {
  const server = await serve({ script: readingTeacher() })
  const { folder, qa } = desk(server)
  const columns = ['--columns', 'question,quote,source', '--out', 'pairs.json', '--qa-nums', '6']
  const ended = await qa(['-', ...columns, '--types', 'factual,multi-hop', '--param', 'chunkTokens=200'], press)
  expect(ended.code, ended.stderr).toBe(0)
  const rows = JSON.parse(readFileSync(join(folder, 'pairs.json'), 'utf8'))
  expect(rows).toHaveLength(6)
  for (const { question, quote, source, ...more } of rows) {
    expect(question).toMatch(/\?$/)
    expect(more).toEqual({})
    const places = [source, ...(source.second ? [source.second] : [])]
    expect(places.map(({ start, end }) => press.slice(start, end)).join('\n\n')).toBe(quote)
  }
})

it('goes on where it was killed', async () => {
  const sections = Array.from(
    { length: 60 },
    (_, at) =>
      `## Part ${at}\n\n${`Part ${at} of the mill turns ${at + 3} times a minute and is made of ${'oak ash elm yew'.split(' ')[at % 4]}. `.repeat(3)}`,
  )
  const server = await serve({ script: readingTeacher(), latency: { kind: 'fixed', ms: 60 } })
  const { folder, environment, qa, rows } = desk(server, sections.join('\n\n'))
  const args = ['press.md', '--qa-nums', '30', '--param', 'perCall=1', '--param', 'chunkTokens=80']
  const begun = start(folder, ['qa', ...args], { environment })
  await begun.said('Growing run')
  while (server.counts.answered < 14) await new Promise(resolve => setTimeout(resolve, 5))
  begun.child.kill('SIGKILL')
  await begun.ended
  expect(existsSync(join(folder, 'qa.jsonl'))).toBe(false)

  const ended = await qa(args)
  expect(ended.code, ended.stderr).toBe(0)
  expect(new Set(rows().map(({ question }) => question)).size).toBe(30)
  const bodies = server.requests.filter(({ answer }) => answer !== null).map(({ body }) => JSON.stringify(body))
  // Each passage is asked about once, so a request that came twice was in flight when the process died.
  expect(bodies.length - new Set(bodies).size).toBeLessThanOrEqual(8)
})

it('ends short, and says why, where the teacher invents its quotes', async () => {
  const server = await serve({
    script: readingTeacher(item => ({ ...item, quote: 'Nobody ever wrote this sentence.' })),
  })
  const { folder, qa } = desk(server)
  const ended = await qa(['press.md', '--json'])
  expect(ended.code, ended.stderr).toBe(3)
  const { funnel, kept } = json(ended)
  expect(kept).toBe(0)
  expect(funnel.rejected).toEqual({ quote: funnel.proposed })
  expect(readFileSync(join(folder, 'qa.jsonl'), 'utf8')).toBe('')
})

it('says in two lines how to get a model where there is none, and sends nothing to one for a forecast', async () => {
  const server = await serve({ script: readingTeacher() })
  const { folder, qa } = desk(server)
  const nobody = await cultivar(folder, ['qa', 'press.md'])
  expect(nobody.code).toBe(2)
  expect(nobody.stderr).toContain('error: There is no model to ask yet.')
  const hint = nobody.stderr.slice(nobody.stderr.indexOf('hint: ')).trim().split('\n')
  expect(hint).toHaveLength(2)
  expect(hint.join(' ')).toMatch(/providers detect --add .*providers add/)

  const forecast = await qa(['press.md', '--judge', '--types', 'factual,how-to', '--dry-run'])
  expect(forecast.code, forecast.stderr).toBe(0)
  for (const said of ['pairs', 'judge', 'The Tallow 3 presses apples']) expect(forecast.stdout).toContain(said)
  expect(server.counts.received).toBe(0)
  expect(existsSync(join(folder, 'qa.jsonl'))).toBe(false)
})

it('uses the only provider there is, and asks for a name where there are several', async () => {
  const server = await serve({ script: readingTeacher() })
  const { folder, rows } = desk(server)
  const run = (args: string[]) => cultivar(folder, args)
  const add = (name: string) =>
    run(['providers', 'add', name, '--kind', 'openai-compatible', '--endpoint', server.url, '--model', 'scripted-1'])
  await run(['init'])
  await add('first')
  const ended = await run(['qa', 'press.md', '--qa-nums', '3', '--seed', '4'])
  expect(ended.code, ended.stderr).toBe(0)
  expect(ended.stderr).toContain('Project qa may use provider first from now on')
  expect(rows()).toHaveLength(3)

  await add('second')
  const other = await run(['qa', 'press.md', '--project', 'other'])
  expect(other.code).toBe(2)
  expect(other.stderr).toContain('There are several models to ask: first, second.')
  const named = await run(['qa', 'press.md', '--project', 'other', '--teacher', 'second'])
  expect(named.code, named.stderr).toBe(0)
})
