/** Work in a thread of its own: its result, its faults and its end are those of the same work here. */
import { expect, it } from 'vitest'
import { importText } from '../../test/e2e/labelled-workspace.ts'
import { csvOf, ticketLabels, tickets } from '../../test/labelled-texts.ts'
import { temporaryWorkspace } from '../../test/temporary-workspace.ts'
import { inThread } from './in-thread.ts'
import { previewTraining } from './models/preview-training.ts'
import { createProject } from './projects.ts'

async function labelled() {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'support' })
  const rows = await tickets(Object.fromEntries(ticketLabels.map(label => [label, 20])))
  await importText(workspace, 'support', 'tickets.csv', csvOf(rows.map(({ text, label }) => ({ text, label }))))
  return workspace
}
const choice = { project: 'support', realOnly: false, split: { seed: 1 } }

it('gives what the work gives here', async () => {
  const workspace = await labelled()
  expect(await inThread(workspace, 'previewTraining', choice)).toEqual(await previewTraining(workspace, choice))
})

it('throws what the work throws, and “interrupted” where it is stopped', async () => {
  const workspace = await labelled()
  const nobody = { ...choice, project: 'nobody' }
  await expect(inThread(workspace, 'previewTraining', nobody)).rejects.toMatchObject({ code: 'not-found' })
  const stop = new AbortController()
  const training = inThread(
    workspace,
    'train',
    { project: 'support', learningCurve: true },
    { signal: stop.signal, observe: () => stop.abort() },
  )
  await expect(training).rejects.toMatchObject({ code: 'interrupted' })
})
