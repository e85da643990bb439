/** From a run to its page and the dataset’s card, with terms and prices stated on the way, command by command. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { teacher } from '../../src/testing/index.ts'
import { cultivar, json, serve, shopWorkspace } from './command-line.ts'

it('leads from a run to its page, and from stated terms to the card', async () => {
  const server = await serve({ script: teacher({ repeatShare: 0.5 }), apiKey: 'sk-new-key-0123456789' })
  const folder = await shopWorkspace(server, 'sk-old-key-0123456789')
  const run = async (args: string[], input?: string) => {
    const ended = await cultivar(folder, args, input === undefined ? {} : { input })
    expect(ended.code, `${args.join(' ')}\n${ended.stdout}\n${ended.stderr}`).toBe(0)
    return ended
  }

  // The key that was stored first is refused; a new one and prices are set, and nothing else changes.
  expect((await cultivar(folder, ['providers', 'check', 'gpt'])).code).toBe(5)
  const prices = ['--input-usd', '1', '--output-usd', '4']
  const set = await run(['providers', 'set', 'gpt', '--key', ...prices, '--json'], 'sk-new-key-0123456789\n')
  expect(json(set)).toMatchObject({ key: 'stored', projects: ['support'], provider: { inputUsdPerMillion: 1 } })
  expect((await run(['providers', 'check', 'gpt'])).stdout).toContain('ok    gpt:')
  const nothing = await cultivar(folder, ['providers', 'set', 'gpt'])
  expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('Nothing to change was given.')])

  const line = ['run', 'few-shot', '--param', 'label=damaged_item', '--target', '20', '--json']
  const report = json(await run(line))
  expect(report).toMatchObject({ state: 'done', kept: 20, quality: { texts: { grown: 20, real: 40, yardstick: 40 } } })
  expect(report.spentByModel).toMatchObject([{ provider: 'gpt', model: 'scripted-1', calls: report.spent.calls }])
  const own = readFileSync(report.files.html, 'utf8')
  expect(own).toContain('support: 20 of 20 kept')
  expect(own).toContain('not stated')

  const printed = await run(['runs', 'report', '--html'])
  expect(printed.stdout.trim()).toBe(report.files.html)
  await run(['runs', 'report', report.run, '--html', '--out', 'page.html'])
  const page = readFileSync(join(folder, 'page.html'), 'utf8')
  expect(page.startsWith('<!doctype html>')).toBe(true)
  expect(page).not.toContain('<script')
  await run(['runs', 'report', '--out', 'report.txt'])
  expect(readFileSync(join(folder, 'report.txt'), 'utf8')).toContain('Quality\n  words in a text: median')

  expect((await run(['projects', 'card'])).stdout).toContain('**not stated** (`cultivar providers set gpt --terms')
  await run(['providers', 'set', 'gpt', '--terms', 'Example Services Agreement'])
  expect(json(await run(['providers', 'list', '--json']))[0].provider.terms).toBe('Example Services Agreement')
  await run(['projects', 'card', 'support', '--out', 'README.md'])
  const card = readFileSync(join(folder, 'README.md'), 'utf8')
  expect(card).toContain('Example Services Agreement')
  expect(card).toContain('**Not fact-checked.**')
  expect(card).toContain('| `damaged_item` | 3 | 20 | 87 % |')
  await run(['runs', 'report', '--html', '--out', 'page.html'])
  expect(readFileSync(join(folder, 'page.html'), 'utf8')).toContain('Example Services Agreement')

  const exported = json(await run(['records', 'export', '--out', 'support.jsonl', '--card', '--json']))
  expect(exported.card).toBe(join(folder, 'support.card.md'))
  expect(existsSync(exported.card)).toBe(true)
  const unnamed = await cultivar(folder, ['records', 'export', '--card'])
  expect([unnamed.code, unnamed.stderr]).toEqual([2, expect.stringContaining('--out')])
})

it('says once how to state the terms of a service elsewhere, and takes them when it is added', async () => {
  const server = await serve({ script: teacher() })
  const folder = await shopWorkspace(server)
  const add = (name: string, ...options: string[]) =>
    cultivar(folder, ['providers', 'add', name, '--kind', 'openai', '--key-env', 'KEY', ...options])
  expect((await add('far')).stdout).toContain('cultivar providers set far --terms')
  expect((await add('farther', '--terms', 'apache-2.0')).stdout).not.toContain('--terms')
  const near = ['providers', 'add', 'near', '--kind', 'openai-compatible', '--endpoint', server.url]
  expect((await cultivar(folder, near)).stdout).not.toContain('--terms')
})
