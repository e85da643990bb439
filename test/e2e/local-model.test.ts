/** Local models on the command line, as far as no model is loaded. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../temporary-workspace.ts'
import { cultivar, json } from './command-line.ts'

const nowhere = { environment: { CULTIVAR_LLAMA: '/nowhere' } }
const install = /npm install --prefix \S+ --omit=optional --ignore-scripts node-llama-cpp@\S+ @node-llama-cpp\/\S+/

it('adds a file that is named from where one stands, and says in one line what to install', async () => {
  const folder = temporaryFolder()
  await cultivar(folder, ['init'])
  const models = join(folder, 'models')
  mkdirSync(models)
  writeFileSync(join(models, 'some.gguf'), 'GGUF')
  const added = await cultivar(
    models,
    ['providers', 'add', 'local', '--model', 'some.gguf', '--context', '2048', '--json'],
    nowhere,
  )
  expect(added.code).toBe(0)
  expect(added.stderr).toMatch(install)
  expect(json(added).provider).toMatchObject({ kind: 'local', model: join('models', 'some.gguf'), contextTokens: 2048 })
  const checked = await cultivar(folder, ['providers', 'check'], nowhere)
  expect(checked.code).toBe(2)
  expect(checked.stdout).toMatch(install)
})

it('gets a URL’s file when it is added, and goes on where that failed', async () => {
  const files: Record<string, string> = {}
  const listening = createServer((request, response) => {
    const file = files[request.url ?? '']
    response.writeHead(file === undefined ? 404 : 200).end(file)
  })
  await new Promise<void>(resolve => listening.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void listening.close())
  const url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/far.gguf`
  const folder = temporaryFolder()
  await cultivar(folder, ['init'])
  const failed = await cultivar(folder, ['providers', 'add', 'far', '--kind', 'local', '--model', url], nowhere)
  expect(failed.code).toBe(2)
  expect(failed.stderr).toContain('there is no such file')
  files['/far.gguf'] = 'GGUF'
  const got = await cultivar(folder, ['providers', 'download', 'far', '--json'], nowhere)
  expect(json(got)).toMatchObject({ bytes: 4 })
})
