/** Refill and honesty: exactly the records asked for, or a shortfall with its number and its reason, never padded. */
import { expect, it } from 'vitest'
import { openGrove } from '../../test/grove.ts'
import { judge } from '../critics/judge.ts'
import { unique } from '../critics/unique.ts'
import { scriptedModel } from '../testing/scripted-model.ts'
import { type TeacherOptions, teacher } from '../testing/teacher.ts'

const critics = [
  { critic: unique, params: unique.params.parse({}) },
  { critic: judge, params: judge.params.parse({}) },
]

async function grown(options: TeacherOptions, cells: Record<string, number>, concurrency = 8) {
  await using grove = await openGrove()
  const model = scriptedModel({
    ...{ script: teacher(options), clock: grove.clock, limits: { concurrency } },
    latency: { kind: 'log-normal', meanMs: 300, sigma: 1 },
  })
  const wish = {
    teacher: model,
    cells: Object.keys(cells),
    target: cells,
    perUnit: 5,
    critics,
    limits: { concurrency },
  }
  const result = await grove.grow(wish)
  return { ...result, texts: await grove.texts(), of: (cell: string) => result.tallies[cell]! }
}

it.each([1, 8, 64])(
  'fills every cell exactly though the teacher repeats itself and the judge is strict, at concurrency %d',
  async concurrency => {
    const targets = { oak: 120, elm: 61, ash: 7, fir: 1 }
    const { end, texts, of } = await grown({ repeatShare: 0.4, judge: { rejectShare: 0.3 } }, targets, concurrency)
    expect(end.state).toBe('done')
    for (const [cell, target] of Object.entries(targets)) expect(of(cell).kept).toBe(target)
    expect(texts).toHaveLength(189)
    expect(new Set(texts).size).toBe(189)
    expect(of('oak').rejected['unique']! / of('oak').candidates).toBeGreaterThan(0.25)
    expect(of('oak').rejected['judge']! / of('oak').candidates).toBeGreaterThan(0.1)
  },
)

it.each([1, 8, 64])(
  'stops short at 37 with the reason if there are only 37 different things to say, at concurrency %d',
  async concurrency => {
    const { end, texts, of } = await grown({ vocabulary: 37 }, { oak: 100 }, concurrency)
    expect(end.state).toBe('short')
    expect(end.reason).toMatch(
      /^oak: 37 of 100 kept; 3 rounds in a row brought nothing new \(“unique” rejected \d+ % of \d+ candidates\)$/,
    )
    expect(end.hint).toMatch(/nothing was padded/)
    expect(texts).toHaveLength(37)
    expect(new Set(texts).size).toBe(37)
    expect(of('oak').kept).toBe(37)
  },
)

it('stops a cell that has run dry and fills the others', async () => {
  const script = teacher()
  await using grove = await openGrove()
  const model = scriptedModel({
    script: request => (request.messages[0]?.content.includes('for elm') ? { kind: 'refusal' } : script(request)),
    clock: grove.clock,
  })
  const { end, tallies } = await grove.grow({
    teacher: model,
    cells: ['oak', 'elm'],
    target: { oak: 30, elm: 30 },
    rounds: { size: 20 },
  })
  expect(end.state).toBe('short')
  expect(end.reason).toMatch(/^elm: 0 of 30 kept; .*“refused” rejected 100 %/)
  expect(tallies['oak']!.kept).toBe(30)
})

it('adds up: candidates are yielded, rejected or surplus, and every unit is accounted for', async () => {
  const { tallies } = await grown(
    { repeatShare: 0.4, wrongCountShare: 0.3, refuseShare: 0.1, judge: { rejectShare: 0.3 } },
    { oak: 50, elm: 20 },
  )
  for (const tally of Object.values(tallies)) {
    const rejected = Object.values(tally.rejected).reduce((sum, n) => sum + n, 0)
    expect(tally.candidates).toBe(tally.yielded + rejected + tally.surplus)
    expect(tally.units).toBeGreaterThanOrEqual(tally.attempted + tally.skipped)
  }
})
