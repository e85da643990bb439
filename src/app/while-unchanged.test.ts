/** What is kept until a project changes. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder, temporaryWorkspace } from '../../test/temporary-workspace.ts'
import { importRecords } from './import-records.ts'
import { createProject, requireProject, showProject, updateProject } from './projects.ts'
import { whileUnchanged } from './while-unchanged.ts'

it('asks once for what stays, and again after an import or a change of settings', async () => {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'shop' })
  let asked = 0
  const ask = async () =>
    whileUnchanged(workspace.store, await requireProject(workspace, 'shop'), 'it', async () => ++asked)
  expect([await ask(), await ask()]).toEqual([1, 1])
  const file = join(temporaryFolder(), 'a.csv')
  writeFileSync(file, 'text\nA text that is long enough\n')
  await importRecords(workspace, { project: 'shop', file })
  expect([await ask(), await ask()]).toEqual([2, 2])
  expect(await showProject(workspace, 'shop')).toMatchObject({ records: 1 })
  await updateProject(workspace, 'shop', { labels: ['a'] })
  expect([await ask(), await ask()]).toEqual([3, 3])
})

it('does not keep a failure', async () => {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'shop' })
  const stored = await requireProject(workspace, 'shop')
  const failing = whileUnchanged(workspace.store, stored, 'it', () => Promise.reject(new Error('no')))
  await expect(failing).rejects.toThrow('no')
  expect(await whileUnchanged(workspace.store, stored, 'it', async () => 'yes')).toBe('yes')
})
