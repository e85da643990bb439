/** A user's own modules, loaded as they are in real life: by a process of its own, from a folder that knows nothing of us. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../test/temporary-workspace.ts'
import { loadPlugins } from './plugins.ts'

const source = join(import.meta.dirname, '..')

/** What a process prints that loads the folder's plug-ins and evaluates `expression` with `plugins` and `own` (our index). */
function evaluated(folder: string, expression: string): unknown {
  const script = `
    import { loadPlugins } from ${JSON.stringify(join(source, 'app', 'plugins.ts'))}
    import { defineGenerator } from ${JSON.stringify(join(source, 'engine', 'define.ts'))}
    try {
      const plugins = await loadPlugins(${JSON.stringify(folder)})
      console.log(JSON.stringify(${expression}))
    } catch (error) {
      console.log(JSON.stringify({ code: error.code, message: error.message }))
    }`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  if (!stdout) throw new Error(stderr)
  return JSON.parse(stdout)
}

function folderWith(files: Record<string, string>): string {
  const folder = temporaryFolder()
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

const generator = (kind: string) => `
  import { defineGenerator } from 'cultivar'
  import { z } from 'zod'
  export const same: unknown = defineGenerator
  export const notes = ['not a plug-in', 42, null]
  export const made = defineGenerator({
    kind: '${kind}', summary: 'Says hello', params: z.object({ times: z.int().default(2) }),
    plan: () => ({ cells: ['all'], material: null, perUnit: 1, notes: [] }),
    propose: () => [{ fields: { text: 'hello' } }],
  })
  export default made`

it('resolves “cultivar” and zod to the installation that runs, from a folder that has neither', () => {
  const folder = folderWith({ 'cultivar.yaml': 'plugins: [./deep/hello.ts]\n', 'deep/hello.ts': generator('hello') })
  const expression = `{
    kinds: plugins.generators.map(({ kind }) => kind).slice(-1),
    params: plugins.generators.at(-1).params.parse({}),
    same: (await import(${JSON.stringify(`file://${folder}/deep/hello.ts`)})).same === defineGenerator,
  }`
  expect(evaluated(folder, expression)).toEqual({ kinds: ['hello'], params: { times: 2 }, same: true })
})

it('takes critics and formats too, from lists as well', () => {
  const folder = folderWith({
    'cultivar.yaml': 'plugins:\n  - ./mine.mjs\n',
    'mine.mjs': `
      export default [{ kind: 'polite', phase: 'pure', open() {} }, { kind: 'xml', extensions: ['xml'], read() {}, write() {} }]`,
  })
  const expression = '[plugins.critics.at(-1).kind, plugins.formats.at(-1).kind]'
  expect(evaluated(folder, expression)).toEqual(['polite', 'xml'])
})

it('refuses a kind that is taken', () => {
  const folder = folderWith({ 'cultivar.yaml': 'plugins: [a.ts]', 'a.ts': generator('template') })
  expect(evaluated(folder, 'plugins')).toMatchObject({ code: 'already-exists' })
})

it('names the module that cannot be loaded, and why', () => {
  const folder = folderWith({ 'cultivar.yaml': 'plugins: [./a.mjs]', 'a.mjs': 'import "./gone.mjs"' })
  expect(evaluated(folder, 'plugins')).toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('gone.mjs'),
  })
})

it('has the built-ins where nothing is configured, and says what is wrong with a configuration', async () => {
  expect((await loadPlugins(folderWith({}))).critics.map(({ kind }) => kind)).toContain('unique')
  expect((await loadPlugins(folderWith({ 'cultivar.yaml': '' }))).formats.map(({ kind }) => kind)).toContain('csv')
  for (const content of ['plugin: [a.ts]', 'plugins: a.ts', 'plugins: [', '- a']) {
    const folder = folderWith({ 'cultivar.yaml': content })
    await expect(loadPlugins(folder)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining(join(folder, 'cultivar.yaml')),
    })
  }
})
