/** Operating regimes last and follow each other as declared. */
import { describe, expect, it } from 'vitest'
import { type DeclaredSeries, declaredSeries } from '../../../testing/declared-series.ts'
import { mean } from '../../../testing/moments.ts'

describe('regimes', () => {
  const declared: DeclaredSeries = {
    entities: { count: 4 },
    time: { interval: '1 min', readings: 20_000 },
    regimes: {
      states: {
        running: { lasts: '40 min', next: { idle: 3, stopped: 1 } },
        idle: { lasts: '10 min', next: { running: 1 } },
        stopped: { lasts: '5 min', next: { running: 1 } },
      },
    },
    sensors: {
      power: {
        level: { distribution: 'normal', mean: 100, sd: 5 },
        regimes: { idle: 'normal(30, 5)', stopped: { level: 0, noise: 0 } },
        noise: 1,
      },
      heat: { level: 80, regimes: { stopped: 20 }, settle: '10 min', noise: 0 },
    },
  }
  const { texts, numbers } = declaredSeries(declared)
  const regimes = texts('regime')

  it('last and follow one another as declared', () => {
    const share = (name: string) => regimes.filter(regime => regime === name).length / regimes.length
    // Of 4 visits to running, 3 go to idle and 1 to stopped: 160, 30 and 5 minutes.
    expect(Math.abs(share('running') - 160 / 195)).toBeLessThan(0.02)
    expect(Math.abs(share('idle') - 30 / 195)).toBeLessThan(0.02)
    const follows = regimes
      .slice(1)
      .flatMap((regime, at) => (regimes[at] === regime ? [] : [`${regimes[at]} ${regime}`]))
    const direct = ['running idle', 'running stopped', 'idle running', 'stopped running']
    // What lasts less than a reading is passed over.
    expect(follows.filter(each => direct.includes(each)).length / follows.length).toBeGreaterThan(0.9)
  })

  it('set the level of each sensor, and an entity that lies high in one lies high in all', () => {
    const machines = texts('machine')
    const of = (regime: string, machine: string) =>
      mean(numbers('power').filter((_, row) => regimes[row] === regime && machines[row] === machine))
    const names = [...new Set(machines)]
    expect(names).toEqual(['M-001', 'M-002', 'M-003', 'M-004'])
    for (const name of names) {
      expect(of('stopped', name)).toBe(0)
      expect(of('running', name) - of('idle', name)).toBeCloseTo(70, 0)
    }
    expect(new Set(names.map(name => Math.round(of('running', name)))).size).toBeGreaterThan(1)
  })

  it('are followed slowly where a sensor settles', () => {
    const heat = numbers('heat')
    const machines = texts('machine')
    for (let row = 1; row < heat.length; row++) {
      if (machines[row] !== machines[row - 1]) continue
      const target = regimes[row] === 'stopped' ? 20 : 80
      expect(Math.abs(heat[row]! - (heat[row - 1]! + (target - heat[row - 1]!) * (1 - Math.exp(-0.1))))).toBeLessThan(
        0.002,
      )
    }
  })
})
