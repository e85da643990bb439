/** What has changed since a reference, in real repositories. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../test/temporary-folder.ts'
import { temporaryRepository } from '../../test/temporary-repository.ts'
import { changedFiles } from './changed-files.ts'

const options = { environment: { PATH: process.env['PATH'] } }

it('finds what was committed, staged, edited or made since the branch left, and nothing else', async () => {
  const { folder, git, write, commit } = temporaryRepository()
  commit({ 'tree/same': '1', 'tree/edited': '1', 'tree/staged': '1', 'tree/gone': '1', 'tree/moved': '1', other: '1' })
  git('switch', '--quiet', '--create', 'work')
  commit({ 'tree/committed ö': '2', '.gitignore': '*.log\n' })
  git('switch', '--quiet', 'main')
  commit({ 'tree/on-main-alone': '1', 'tree/same': '2' })
  git('switch', '--quiet', 'work')
  write('tree/staged', '2')
  git('add', 'tree/staged')
  git('mv', 'tree/moved', 'tree/moved-here')
  write('tree/edited', '2')
  write('tree/new\nname', '1')
  write('tree/ignored.log', '1')
  write('other', '2')
  rmSync(join(folder, 'tree/gone'))
  const changed = ['committed ö', 'edited', 'moved-here', 'new\nname', 'staged']
  expect(await changedFiles(join(folder, 'tree'), 'main', options)).toEqual(changed)
  const above = [...changed.map(path => `tree/${path}`), '.gitignore', 'other'].sort()
  expect(await changedFiles(folder, 'main', options)).toEqual(above)
  expect(await changedFiles(folder, 'HEAD', options)).not.toContain('tree/committed ö')
})

it('leaves out a repository within the repository', async () => {
  const { folder, commit } = temporaryRepository()
  commit()
  mkdirSync(join(folder, 'inner'))
  temporaryRepository(join(folder, 'inner')).commit({ file: '1' })
  expect(await changedFiles(folder, 'main', options)).toEqual([])
})

it('is not led elsewhere by variables that a hook hands down', async () => {
  const elsewhere = temporaryRepository()
  elsewhere.commit()
  const { folder, commit } = temporaryRepository()
  commit({ a: '1' })
  commit({ a: '2' })
  const environment = { ...options.environment, GIT_DIR: join(elsewhere.folder, '.git'), GIT_INDEX_FILE: 'nowhere' }
  expect(await changedFiles(folder, 'HEAD~1', { environment })).toEqual(['a'])
})

it('says what is wrong with a folder or reference', async () => {
  const { folder, git, commit } = temporaryRepository()
  await expect(changedFiles(folder, 'main', options)).rejects.toThrow(/no branch, tag or commit “main”/)
  commit()
  git('tag', 'v1.0.0')
  await expect(changedFiles(folder, 'mian', options)).rejects.toThrow(/did you mean “main”/)
  await expect(changedFiles(folder, 'nothing-like-it', options)).rejects.toMatchObject({
    code: 'not-found',
    hint: expect.stringContaining('main, v1.0.0'),
  })
  await expect(changedFiles(folder, '--output=owned', options)).rejects.toThrow(/no branch, tag or commit/)
  git('switch', '--quiet', '--orphan', 'alone')
  await expect(changedFiles(folder, 'main', options)).rejects.toThrow(/no commit yet/)
  commit({ file: '1' })
  await expect(changedFiles(folder, 'main', options)).rejects.toThrow(/share no history/)
  await expect(changedFiles(temporaryFolder(), 'main', options)).rejects.toThrow(/not in a git repository/)
  await expect(changedFiles(join(folder, 'missing'), 'main', options)).rejects.toThrow(/no folder/)
  await expect(changedFiles(folder, 'main', { environment: { PATH: folder } })).rejects.toThrow(
    /no git on this machine/,
  )
})
