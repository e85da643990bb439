/** Whose a file is. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../../test/temporary-folder.ts'
import { OwnFiles } from './own-files.ts'

it('knows what a killed process was writing for its own, and nothing more once the list was written', async () => {
  const folder = temporaryFolder()
  const own = (listed: string[] = []) => OwnFiles.of(folder, join(folder, '.note.json'), listed)
  const killed = await own()
  killed.requireFree(['a.csv', 'b.csv'], '')
  await killed.willWrite(['a.csv', 'b.csv'])
  for (const name of ['a.csv', 'b.csv', 'c.csv']) await writeFile(join(folder, name), '')
  const next = await own()
  next.requireFree(['a.csv', 'b.csv', 'd.csv'], '')
  expect(() => next.requireFree(['a.csv', 'c.csv'], 'Move it.')).toThrow(
    expect.objectContaining({ code: 'already-exists', hint: 'Move it.', details: { folder, files: ['c.csv'] } }),
  )
  await next.written()
  const later = await own(['a.csv'])
  later.requireFree(['a.csv'], '')
  expect(() => later.requireFree(['b.csv'], '')).toThrow(/b\.csv/)
})
