/** Projects, and what is counted of them. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { growTinyRun } from '../../test/grown-run.ts'
import { temporaryFolder, temporaryWorkspace } from '../../test/temporary-workspace.ts'
import { importRecords } from './import-records.ts'
import { createProject, listProjects, removeProject, showProject, updateProject } from './projects.ts'

it('are made with their defaults, and refused with the member at fault', async () => {
  const workspace = await temporaryWorkspace()
  expect(await createProject(workspace, { name: 'support' })).toMatchObject({
    kind: 'classification',
    egress: 'allowed',
  })
  await expect(createProject(workspace, { name: 'support' })).rejects.toMatchObject({ code: 'already-exists' })
  await expect(createProject(workspace, { name: 'Support Desk' })).rejects.toMatchObject({
    code: 'bad-input',
    hint: expect.stringContaining('lower-case'),
  })
  await expect(createProject(workspace, { name: 'x', kinds: 'text' })).rejects.toMatchObject({
    hint: expect.stringContaining('kinds'),
  })
})

it('count each record once, restored ones too, and what people rejected apart from the labels', async () => {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'support', labels: ['lost', 'found', 'stolen'] })
  const file = join(temporaryFolder(), 'a.csv')
  writeFileSync(file, 'text,label,split\na,lost,train\nb,lost,test\nc,found,train\n')
  await importRecords(workspace, { project: 'support', file })
  const { kept, rejected } = await growTinyRun(workspace.runs, { project: 'support' })
  await workspace.store.decide('support', [{ kind: 'reject', record: kept }], 'ada', 1)
  await workspace.store.decide('support', [{ kind: 'restore', record: rejected }], 'ada', 1)
  expect(await showProject(workspace, 'support')).toMatchObject({
    records: 5,
    labels: { lost: 3, found: 1, stolen: 0 },
    splits: { train: 4, test: 1 },
    statuses: { pending: 4, accepted: 0, rejected: 1 },
    outcomes: { imported: 3, kept: 1, restored: 1, surplus: 1 },
  })
})

it('change by what is given, keep the rest, and are gone once removed', async () => {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'support', instructions: 'Questions to a bank' })
  await updateProject(workspace, 'support', { egress: 'none' })
  const { project } = await showProject(workspace, 'support')
  expect(project).toMatchObject({ egress: 'none', instructions: 'Questions to a bank' })
  await expect(updateProject(workspace, 'support', { egress: 'maybe' as never })).rejects.toMatchObject({
    code: 'bad-input',
  })
  await removeProject(workspace, 'support')
  expect(await listProjects(workspace)).toEqual([])
  await expect(removeProject(workspace, 'support')).rejects.toMatchObject({
    code: 'not-found',
    hint: expect.stringContaining('projects create support'),
  })
})
