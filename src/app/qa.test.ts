/** Questions about documents in a real run: every candidate ends where it should, and the counts add up. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { allOf } from '../../test/all-of.ts'
import { readingTeacher, type Spoiling } from '../../test/reading-teacher.ts'
import { temporaryWorkspace } from '../../test/temporary-workspace.ts'
import { recipe } from '../model/recipe.ts'
import { scriptedModel } from '../testing/index.ts'
import { createProject } from './projects.ts'
import { rejectsOf } from './rejects.ts'
import { runRecipe } from './run-recipe.ts'
import { systemClock } from './system-clock.ts'

const press = readFileSync(join(import.meta.dirname, '../../examples/documents/tallow-press.md'), 'utf8')

/** By the place of an item in its reply: what is wrong with it, and who must notice. */
const sins: [Spoiling, string][] = [
  [item => ({ ...item, quote: 'The press also makes wine.' }), 'quote'],
  [item => ({ ...item, answer: '' }), 'valid'],
  [({ question, ...item }) => item, 'valid'],
  [
    item => ({
      ...item,
      question: 'Welchen Wasserdruck braucht die Gummiblase der Presse, damit der Saft langsam abläuft?',
      answer: 'Sie braucht einen Druck von eineinhalb bis drei Bar, den der Wasserhahn im Garten liefert.',
    }),
    'language',
  ],
]

async function run(spoil: Spoiling, params: Record<string, unknown>) {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'qa', kind: 'records' })
  const model = scriptedModel({ script: readingTeacher(spoil), clock: systemClock })
  const written = recipe.parse({ project: 'qa', generator: 'document-qa', params: { text: press, ...params } })
  const report = await runRecipe(workspace, written, { models: [model] })
  const rejects = await allOf((await rejectsOf(workspace, report.run)).stream())
  const kept = await allOf(workspace.store.streamRecords('qa'))
  return { workspace, report, rejects, kept, written, model }
}

it('counts each bad candidate under who rejected it, and keeps the good ones', async () => {
  const spoil: Spoiling = (item, place, request) => (sins[place]?.[0] ?? (item => item))(item, place, request)
  const params = { languages: ['en'], judge: false, chunkTokens: 4000 }
  const { report, rejects, kept, written, workspace, model } = await run(spoil, params)
  expect(report).toMatchObject({ state: 'done', kept: 5 })
  const { proposed, surplus, rejected } = report.funnel
  const sum = Object.values(rejected).reduce((total, count) => total + count, 0)
  expect(proposed).toBe(5 + surplus + sum)
  for (const [, critic] of sins) expect(rejects.map(reject => reject.critic)).toContain(critic)
  // Asked again, the teacher repeats itself.
  const expected = [...sins.map(([, critic]) => critic), 'unique']
  expect(Object.keys(rejected).filter(critic => !expected.includes(critic))).toEqual([])
  for (const { fields, cell, verdicts } of kept) {
    expect(cell).toBe('text')
    expect(verdicts.every(({ pass }) => pass)).toBe(true)
    expect(press).toContain(fields['quote'])
  }

  const paid = model.calls.length
  expect(await runRecipe(workspace, written, { models: [model] })).toMatchObject({ run: report.run, kept: 5 })
  expect(model.calls).toHaveLength(paid)
})

it('never keeps the same question twice, nor personal data in one', async () => {
  const spoil: Spoiling = (item, place) =>
    place % 2 === 0
      ? {
          ...item,
          question: `Whom does an owner of the Tallow 3 cider press call at +49 30 901820${place % 4 === 0 ? '' : '?'}`,
        }
      : item
  const { report, kept, rejects } = await run(spoil, { judge: false, chunkTokens: 4000, qaNums: 6 })
  expect(report.kept).toBe(6)
  const asking = kept.filter(({ fields }) => String(fields['question']).startsWith('Whom'))
  expect(asking).toHaveLength(1)
  expect(asking[0]!.fields['question']).toContain('⟦PHONE_1⟧')
  const critics = rejects.flatMap(({ critic }) => critic ?? [])
  expect(critics.filter(critic => critic !== 'copy' && critic !== 'unique')).toEqual([])
  expect(critics.length).toBeGreaterThan(0)
})
