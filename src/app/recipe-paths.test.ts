/** Recipes that come from a browser read what is in the workspace, and nothing else. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../test/temporary-folder.ts'
import { recipePaths } from './recipe-paths.ts'

function workspaceFolder(): string {
  const folder = join(temporaryFolder(), 'workspace')
  mkdirSync(join(folder, '.cultivar', 'trials'), { recursive: true })
  for (const file of ['facts.md', '.cultivar/secret.key', '.cultivar/trials/ids.txt', '../outside.md']) {
    writeFileSync(join(folder, file), 'x')
  }
  symlinkSync(join(folder, '..', 'outside.md'), join(folder, 'link.md'))
  symlinkSync(join(folder, '.cultivar', 'secret.key'), join(folder, 'key.md'))
  return folder
}

it('leads to files of the workspace, those included that operations left for recipes', async () => {
  const folder = workspaceFolder()
  const at = recipePaths({ folder, confined: true }, folder)
  expect(await at('./facts.md')).toBe(join(folder, 'facts.md'))
  expect(await at('.cultivar/trials/ids.txt')).toBe(join(folder, '.cultivar', 'trials', 'ids.txt'))
})

it.each(['../outside.md', '/etc/hostname', 'link.md', '.cultivar/secret.key', 'key.md', '.cultivar/../../outside.md'])(
  'says that there is no %s, whether or not there is',
  async path => {
    const folder = workspaceFolder()
    await expect(recipePaths({ folder, confined: true }, folder)(path)).rejects.toMatchObject({ code: 'not-found' })
  },
)

it('leads anywhere for the command line, whose user may read the files anyway', async () => {
  const folder = workspaceFolder()
  expect(await recipePaths({ folder }, folder)('../outside.md')).toBe(join(folder, '..', 'outside.md'))
})
