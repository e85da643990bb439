/** Keys stay out of everything that is stored, printed or exported, even where a server repeats them. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import type { Json } from '../../src/model/json.ts'
import { unpackJson } from '../../src/stores/packed-json.ts'
import { type Script, teacher } from '../../src/testing/index.ts'
import { cultivar, serve, shopWorkspace } from './command-line.ts'

const apiKey = 'sk-live/Zq3+Tn8vKd5wXy7Lm2Pb=='
const wrongKey = 'sk-wrong/Hc4+Rf6jUs9gVe1Ao0Ni=='
const headerSecret = 'hdr-Yk2mWq8sPz5tBx7nCv4d'
const querySecret = 'qry-Gj9lDf3hMs6rTe1uNo5a'

/** A teacher that weaves the key it was called with into every text, in one form after the other. */
function tellTale(key: string): Script {
  const answer = teacher()
  const forms = [key, JSON.stringify(key).slice(1, -1).replaceAll('/', '\\/'), Buffer.from(key).toString('base64')]
  const weave = (value: Json): Json => {
    if (typeof value === 'string') return `${value} ${forms[value.length % forms.length]}`
    if (Array.isArray(value)) return value.map(weave)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, weave(member)]))
  }
  return request => {
    const said = answer(request)
    return said.kind === 'reply' ? { ...said, value: weave(said.value) } : said
  }
}

it('appear in no file of the workspace, no output, no export and no report', async () => {
  const server = await serve({ script: tellTale(apiKey), apiKey, echo: 'plain' })
  const escaping = await serve({ script: teacher(), apiKey, echo: 'escaped' })
  const encoding = await serve({ script: teacher(), apiKey, echo: 'base64' })
  const folder = await shopWorkspace(server, apiKey)
  const printed: string[] = []
  const run = async (code: number, args: string[], input = '') => {
    const environment = { WRONG_KEY: wrongKey }
    const ended = await cultivar(folder, args, { environment, input })
    printed.push(ended.stdout, ended.stderr)
    expect(ended.code, `${args.join(' ')}\n${ended.stdout}\n${ended.stderr}`).toBe(code)
    return ended
  }
  const settings = ['--kind', 'openai-compatible', '--model', 'scripted-1', '--project', 'support']
  const add = (name: string, url: string, ...key: string[]) => [
    'providers',
    'add',
    name,
    '--endpoint',
    url,
    ...settings,
    ...key,
  ]
  await run(0, add('escaped', escaping.url, '--key'), wrongKey)
  await run(0, add('encoded', encoding.url, '--key-env', 'WRONG_KEY'))
  await run(
    0,
    add('laden', `${server.url}?token=${querySecret}`, '--header', `x-token=${headerSecret}`, '--key'),
    apiKey,
  )
  await run(5, ['providers', 'check'])

  const line = (teacher: string) => [
    'run',
    'few-shot',
    '--param',
    'label=return_item',
    '--target',
    '12',
    '--teacher',
    teacher,
  ]
  await run(5, line('escaped'))
  await run(5, [...line('encoded'), '--json'])
  await run(0, [...line('gpt'), '--out', 'grown.jsonl'])
  await run(0, [...line('laden'), '--seed', '2', '--out', 'laden.csv', '--json'])
  expect(
    server.requests.some(({ headers, path }) => headers['x-token'] === headerSecret && path.includes(querySecret)),
  ).toBe(true)
  expect(server.counts.answered).toBeGreaterThan(3)
  const [first = ''] = readFileSync(join(folder, 'grown.jsonl'), 'utf8').split('\n')
  await run(0, ['records', 'lineage', JSON.parse(first).id])
  await run(0, ['records', 'export', '--lineage', '--out', 'all.json'])
  await run(0, ['providers', 'list', '--json'])

  const written = [...filesOf(folder), ...tablesOf(folder)]
  // The search does look into compressed replies: what a record says is found in the reply it came from.
  const words = JSON.parse(first).text.split(' ').slice(0, 4).join(' ')
  expect(written.filter(({ where, text }) => where === 'call.reply' && text.includes(words))).not.toEqual([])
  const leaks = [...written, ...printed.map((text, at) => ({ where: `output ${at}`, text }))].flatMap(
    ({ where, text }) =>
      Object.entries({ apiKey, wrongKey, headerSecret, querySecret })
        .filter(([, secret]) => formsOf(secret).some(form => text.includes(form)))
        .map(([name]) => `${name} in ${where}`),
  )
  expect(leaks).toEqual([])
})

/** As it is, as in JSON, as in a URL, and in base64 at each of the three places where it may begin. */
function formsOf(secret: string): string[] {
  const escaped = JSON.stringify(secret).slice(1, -1)
  const encoded = [0, 1, 2].map(offset => {
    const text = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]).toString('base64')
    // The characters at either end depend on the neighbours.
    return text.slice(offset === 0 ? 0 : 4, -4)
  })
  return [secret, escaped, escaped.replaceAll('/', '\\/'), encodeURIComponent(secret), ...encoded]
}

function filesOf(folder: string): { where: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => statSync(join(folder, name)).isFile())
    .map(name => ({ where: name, text: readFileSync(join(folder, name), 'latin1') }))
}

/** Every value of every table, decompressed. */
function tablesOf(folder: string): { where: string; text: string }[] {
  const database = new DatabaseSync(join(folder, '.cultivar', 'workspace.db'), { readOnly: true })
  const tables = database.prepare("select name from sqlite_master where type = 'table'").all()
  const values = tables.flatMap(({ name }) =>
    database
      .prepare(`select * from "${name}"`)
      .all()
      .flatMap(row =>
        Object.entries(row).map(([column, value]) => ({
          where: `${name}.${column}`,
          text: value instanceof Uint8Array ? JSON.stringify(unpackJson(value)) : String(value),
        })),
      ),
  )
  database.close()
  return values
}
