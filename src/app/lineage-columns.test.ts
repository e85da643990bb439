/** What an export says of where records came from. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryWorkspace } from '../../test/temporary-workspace.ts'
import { recipe } from '../model/recipe.ts'
import { exportText } from './export-records.ts'
import { importRecords } from './import-records.ts'
import { createProject } from './projects.ts'
import { runRecipe } from './run-recipe.ts'

it('counts the edits of a changed record as the export counts spans: in code points, or in UTF-16 units', async () => {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'notes', kind: 'text' })
  const text = '😀😀 the card is lost'
  const file = join(workspace.folder, 'notes.jsonl')
  writeFileSync(file, `${JSON.stringify({ text })}\n`)
  await importRecords(workspace, { project: 'notes', file })
  const tests = [
    { perturbations: ['add_context', 'add_emoji'], proportion: 1, parameters: { add_context: { strategy: 'end' } } },
  ]
  await runRecipe(workspace, recipe.parse({ project: 'notes', generator: 'augment', params: { tests } }))
  const startsIn = async (offsets: 'code-points' | 'utf16') => {
    const lines = (
      await Array.fromAsync(await exportText(workspace, { of: { project: 'notes' }, lineage: true, offsets }))
    )
      .join('')
      .trim()
      .split('\n')
    const made = lines.map(line => JSON.parse(line)).find(({ lineage }) => lineage.generator === 'augment')
    expect(made.lineage.seeds).toHaveLength(1)
    return made.lineage.steps.map(({ edits }: { edits: { start: number }[] }) => edits[0]!.start)
  }
  const [units, points] = [await startsIn('utf16'), await startsIn('code-points')]
  expect(units[0]).toBe(text.length)
  expect(points[0]).toBe([...text].length)
  expect(units).toHaveLength(2)
  // The two pictures before it are a unit longer each.
  expect(units[1] - points[1]).toBe(2)
})
