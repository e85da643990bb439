/** A user's way from an empty folder to an export, command by command. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { teacher } from '../../src/testing/index.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { cultivar, json, seeds, serve } from './command-line.ts'

it('leads from init to an export with lineage', async () => {
  const apiKey = 'sk-first-harvest-0123456789'
  const server = await serve({ script: teacher({ repeatShare: 0.5 }), apiKey })
  const folder = temporaryFolder()
  const run = async (args: string[], input?: string) => {
    const ended = await cultivar(folder, args, input === undefined ? {} : { input })
    expect(ended.code, `${args.join(' ')}\n${ended.stdout}\n${ended.stderr}`).toBe(0)
    return ended
  }

  expect(json(await run(['init', '--json']))).toMatchObject({ created: true })
  await run(['projects', 'create', 'support', '--labels', 'order_status,return_item,payment_failed,damaged_item'])
  // The only project is meant where none is named.
  const imported = await run(['records', 'import', seeds])
  expect(imported.stdout).toContain('text → text\n  label → label')
  expect(imported.stdout).toContain('40 imported.')

  const endpoint = ['--kind', 'openai-compatible', '--endpoint', server.url]
  await run(['providers', 'add', 'gpt', ...endpoint, '--key', '--input-usd', '1', '--output-usd', '4'], `${apiKey}\n`)
  expect((await run(['providers', 'check'])).stdout).toContain('ok    gpt:')
  await run(['providers', 'assign', 'gpt'])
  expect(json(await run(['providers', 'list', '--json']))).toMatchObject([{ key: 'stored', projects: ['support'] }])

  const line = ['run', 'few-shot', '--param', 'label=damaged_item', '--target', '20']
  const sent = server.counts.received
  const dry = await run([...line, '--dry-run'])
  expect(server.counts.received).toBe(sent)
  expect(dry.stdout).toContain(`127.0.0.1:${server.port}`)
  expect(dry.stdout).toContain('The mirror arrived with a crack across the middle.')
  expect(dry.stdout).toMatch(/propose +scripted-1 +\d/)

  const report = json(await run([...line, '--save', 'recipe.yaml', '--out', 'grown.jsonl', '--json']))
  expect(report).toMatchObject({ state: 'done', kept: 20, target: 20 })
  const grown = readFileSync(join(folder, 'grown.jsonl'), 'utf8').trim().split('\n')
  expect(grown).toHaveLength(20)
  expect(JSON.parse(grown[0]!)).toMatchObject({ label: 'damaged_item', tags: ['synthetic'] })
  expect(existsSync(report.files.text)).toBe(true)

  // The recipe that was saved is the one that ran: a larger target goes on with the same run.
  const before = server.counts.received
  const more = json(await run(['run', 'recipe.yaml', '--target', '30', '--json']))
  expect(more).toMatchObject({ run: report.run, kept: 30 })
  expect(server.counts.received).toBeGreaterThan(before)
  expect(json(await run(['runs', 'list', '--json']))).toMatchObject([{ run: report.run, state: 'done', kept: 30 }])

  const rejects = json(await run(['runs', 'rejects', report.run.slice(0, 6), '--json', '--limit', '500']))
  const { funnel } = more
  expect(rejects.rejects).toHaveLength(funnel.proposed - funnel.kept)
  expect(rejects.rejects.some((reject: { critic: string }) => reject.critic === 'unique')).toBe(true)

  const lineage = await run(['records', 'lineage', JSON.parse(grown[0]!).id])
  expect(lineage.stdout).toContain('One leg of the chair is broken and I cannot use it.')
  expect(lineage.stdout).toMatch(/Call [0-9a-f]{12}: proposed, gpt \(scripted-1\)/)
  expect(lineage.stdout).toMatch(/Cost: 1 call, [\d,]+ tokens, \$0\.\d+/)

  const csv = await run(['records', 'export', '--run', report.run, '--format', 'csv', '--lineage'])
  expect(csv.stdout.trim().split('\n')).toHaveLength(31)
  expect(csv.stdout.split('\n')[0]).toContain('lineage.run')
})
