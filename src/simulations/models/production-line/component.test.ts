/** Laws of lives of components. */
import { expect, it } from 'vitest'
import { ModelRandom } from '../../model-random.ts'
import { Component } from './component.ts'
import { failureKinds } from './failure-kinds.ts'

/** One life: running minutes when it came under observation, and when it ended. */
type Life = readonly [entered: number, ended: number]

/** Kaplan and Meier 1958, with delayed entry: at risk are those that have entered and not yet ended. */
function survival(lives: readonly Life[], at: number): number {
  const changes = lives.flatMap(([entered, ended]) => [[entered, 1] as const, [ended, -1] as const])
  changes.sort(([one, enters], [other, leaves]) => one - other || leaves - enters)
  let [share, atRisk] = [1, 0]
  for (const [age, change] of changes) {
    if (age > at) break
    if (change < 0) share *= 1 - 1 / atRisk
    atRisk += change
  }
  return share
}

const wearing = failureKinds.filter(({ share }) => share > 0)

it.each(wearing)('those of $component that were there before live as new ones do, by delayed entry', kind => {
  const random = new ModelRandom(`lives of ${kind.kind}`)
  const reliability = { hoursBetweenFailures: 70, foretold: 0.85 }
  const old: Life[] = []
  const fresh: Life[] = []
  for (let at = 0; at < 20_000; at++) {
    const component = new Component(kind, reliability, 1, random)
    old.push([component.enteredAge - component.fittedAge, component.failsAt - component.fittedAge])
    component.fit(component.failsAt, 0)
    fresh.push([component.enteredAge - component.fittedAge, component.failsAt - component.fittedAge])
  }
  expect(old.every(([entered, ended]) => entered >= 0 && ended > entered)).toBe(true)
  expect(fresh.every(([entered]) => entered === 0)).toBe(true)
  const ages = fresh.map(([, ended]) => ended).sort((one, other) => one - other)
  const quantile = (share: number) => ages[Math.floor(share * ages.length)]!
  // Of twenty thousand, about four standard errors.
  for (const share of [0.25, 0.5, 0.75])
    expect(Math.abs(survival(old, quantile(share)) - (1 - share))).toBeLessThan(0.025)
  // Without it, those that failed before the run are missing.
  const naive = old.map(([, ended]) => [0, ended] as const)
  expect(survival(naive, quantile(0.5))).toBeGreaterThan(0.53)
})

it('has the same life before it at whatever age its machine begins to be observed', () => {
  for (const kind of failureKinds) {
    const [one, other] = [1, 2].map(
      () => new Component(kind, { hoursBetweenFailures: 70, foretold: 0.8 }, 1, new ModelRandom(5)),
    )
    one!.observe(0)
    other!.observe(9000)
    expect(other!.failsAt - other!.fittedAge).toBeCloseTo(one!.failsAt - one!.fittedAge, 6)
    expect(other!.enteredAge - other!.fittedAge).toBeCloseTo(one!.enteredAge - one!.fittedAge, 6)
  }
})
