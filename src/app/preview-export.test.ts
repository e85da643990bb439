/** The beginning of an export, before it is written. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder, temporaryWorkspace } from '../../test/temporary-workspace.ts'
import { exportText } from './export-records.ts'
import { importRecords } from './import-records.ts'
import { previewExport } from './preview-export.ts'
import { createProject } from './projects.ts'

it('shows the very beginning of the file that is then written, and what its format loses', async () => {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'shop' })
  const file = join(temporaryFolder(), 'a.csv')
  const rows = Array.from({ length: 9 }, (_, at) => `Text number ${at},refund,"t${at}"`)
  writeFileSync(file, ['text,label,tags', ...rows].join('\n'))
  await importRecords(workspace, { project: 'shop', file })
  const of = { project: 'shop' }
  for (const format of workspace.plugins.formats.filter(({ kind }) => kind !== 'lines')) {
    const preview = await previewExport(workspace, { of, format: format.kind })
    const whole = (await Array.fromAsync(await exportText(workspace, { of, format: format.kind }))).join('')
    expect(preview.records).toBe(9)
    expect(whole.startsWith(preview.text.trimEnd().replace(/\s*\]$/, ''))).toBe(true)
    const loses = preview.notes.some(note => note.startsWith('Not written: tags'))
    expect(loses).toBe(format.holds?.includes('tags') === false)
  }
  expect(await previewExport(workspace, { of, format: 'csv', labels: ['none'] })).toMatchObject({ records: 0 })
})

it('counts what it does not read, by the same filters', async () => {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'shop' })
  const file = join(temporaryFolder(), 'a.csv')
  const rows = Array.from(
    { length: 1300 },
    (_, at) => `Text ${at},${at % 2 ? 'odd' : 'even'},${at % 4 ? 'train' : 'test'}`,
  )
  writeFileSync(file, ['text,label,split', ...rows].join('\n'))
  await importRecords(workspace, { project: 'shop', file })
  const of = { project: 'shop' }
  expect(await previewExport(workspace, { of })).toMatchObject({ records: 1300, looked: 1000 })
  expect(await previewExport(workspace, { of, splits: ['train'] })).toMatchObject({ records: 975 })
})
