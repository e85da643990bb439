/** What a run did not keep, as pages and as counts: nothing twice, nothing left out, and counts that add up. */
import { expect, it } from 'vitest'
import { serve, shopWorkspace } from '../../test/e2e/command-line.ts'
import type { Reject } from '../model/api/run-shapes.ts'
import { recipe } from '../model/recipe.ts'
import { teacher } from '../testing/index.ts'
import { decide } from './decide.ts'
import { type RejectPageChoice, reasonKind, rejectPage, rejectSummary } from './reject-pages.ts'
import { runRecipe } from './run-recipe.ts'
import { openWorkspace } from './workspace.ts'

it('gives every reject once, in pages of any size, and counts them by critic and reason', async () => {
  const server = await serve({ script: teacher({ vocabulary: 60, refuseShare: 0.1 }) })
  const workspace = await openWorkspace({ cwd: await shopWorkspace(server), environment: {} })
  const { run, funnel } = await runRecipe(
    workspace,
    recipe.parse({ project: 'support', generator: 'few-shot', params: { perCall: 4 }, target: 40 }),
  )
  const all = async (choice: Partial<RejectPageChoice>) => {
    const found: Reject[] = []
    for (let after: string | null | undefined; after !== null; ) {
      const page = await rejectPage(workspace, run, { limit: 7, ...choice, after })
      expect(page.rejects.length).toBeLessThanOrEqual(choice.limit ?? 7)
      found.push(...page.rejects)
      after = page.next
    }
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
    return found
  }
  const summary = await rejectSummary(workspace, run)
  const rejects = await all({ outcome: ['rejected'] })
  expect(Object.fromEntries(summary.critics.map(({ critic, count }) => [critic, count]))).toEqual(funnel.rejected)
  expect(rejects).toHaveLength(summary.rejected)
  expect(await all({ limit: 500 })).toHaveLength(summary.rejected + summary.surplus)
  expect(await all({ outcome: ['surplus'] })).toHaveLength(summary.surplus)
  for (const { critic, reasons } of summary.critics) {
    expect(await all({ critic })).toEqual(rejects.filter(reject => reject.critic === critic))
    for (const { reason, count } of reasons) expect(await all({ critic, reason })).toHaveLength(count)
  }
  const [taken] = rejects.filter(({ text }) => text !== '')
  expect(await all({ search: taken!.text.toUpperCase() })).toContainEqual(taken)

  await decide(workspace, 'support', [{ kind: 'restore', record: taken!.id }], 'ada')
  expect(await all({ outcome: ['restored'] })).toEqual([{ ...taken!, outcome: 'restored' }])
  expect(await rejectSummary(workspace, run)).toMatchObject({ rejected: summary.rejected - 1, restored: 1 })
  await workspace.close()
})

it('takes reasons for the same that differ in numbers, ids and quotations alone', () => {
  expect(reasonKind('the same text as record 2817f30d2c.7.1, which is in cell "a"')).toBe(
    reasonKind('the same text as record 00ab12cd34.12.0, which is in cell "b"'),
  )
  expect(reasonKind('12 words, outside 14–18')).toBe(reasonKind('9 words, outside 20–30'))
  expect(reasonKind('refused by the judge')).not.toBe(reasonKind('no label to check'))
})
