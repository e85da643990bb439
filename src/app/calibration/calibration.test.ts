/** What a calibration says of a critic, from judgements whose right answer is known. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { temporaryFolder, temporaryWorkspace } from '../../../test/temporary-workspace.ts'
import { recipe } from '../../model/recipe.ts'
import type { ScriptedAnswer } from '../../testing/script.ts'
import { scriptedModel } from '../../testing/scripted-model.ts'
import { createProject } from '../projects.ts'
import { runRecipe } from '../run-recipe.ts'
import { systemClock } from '../system-clock.ts'
import { addJudgements, type Calibration, calibrationReport, openCalibration, waitingRecords } from './calibration.ts'
import { readJudgements, sampleLines } from './calibration-file.ts'
import { calibrationText } from './calibration-text.ts'

/** Grades 1 to 5 stand for 10, 20, 30, 40 and 50 candidates; the critic keeps from `keep` on. */
function graded(perGrade: number, keep: number): Calibration['sample'] {
  return [1, 2, 3, 4, 5].flatMap(score =>
    Array.from({ length: perGrade }, (_, at) => ({
      ...{ record: `${score}.${at}`, score, pass: score >= keep, stratum: `${score}` },
      weight: (10 * score) / perGrade,
    })),
  )
}

const judgedBy = (sample: Calibration['sample'], good: (score: number, at: number) => boolean): Calibration => ({
  ...{ run: 'aaaa', critic: 'judge', sample },
  judgements: Object.fromEntries(
    sample.map(({ record, score }, at) => [record, { good: good(score, at), who: 'ann', atMs: 0 }]),
  ),
})

describe('a calibration', () => {
  it('finds the threshold that a person judges by, wherever the critic has it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 5 }), (own, present) => {
        const report = calibrationReport(judgedBy(graded(8, present), score => score >= own))
        expect(report.suggested).toBe(own)
        expect(report.threshold).toBe(present)
        expect(report.kappa === 1).toBe(own === present)
      }),
    )
  })

  it('estimates for all candidates, not for the sample, in which each grade is as frequent', () => {
    const { estimated, counts, agreement } = calibrationReport(judgedBy(graded(4, 3), score => score >= 5))
    expect(counts).toEqual({ bothKeep: 4, personOnly: 0, criticOnly: 8, neither: 8 })
    expect(estimated).toEqual({ bothKeep: 50, personOnly: 0, criticOnly: 70, neither: 30 })
    expect(agreement).toBeCloseTo(80 / 150)
  })

  it('takes those judged for those of their grade that are not', () => {
    const whole = judgedBy(graded(4, 3), score => score >= 4)
    const half = {
      ...whole,
      judgements: Object.fromEntries(Object.entries(whole.judgements).filter(([id]) => /[01]$/.test(id))),
    }
    const [all, some] = [calibrationReport(whole), calibrationReport(half)]
    expect(some.judged).toBe(10)
    expect(some.estimated).toEqual(all.estimated)
    expect(some.kappa).toBeCloseTo(all.kappa!)
  })

  it('gives an interval around kappa, wider where less was judged', () => {
    const noisy = (perGrade: number) =>
      calibrationReport(judgedBy(graded(perGrade, 3), (score, at) => (at % 4 === 0 ? score < 3 : score >= 3)))
    const [few, many] = [noisy(4), noisy(40)]
    for (const { kappa, kappaInterval } of [few, many]) {
      expect(kappaInterval![0]).toBeLessThanOrEqual(kappa!)
      expect(kappaInterval![1]).toBeGreaterThanOrEqual(kappa!)
    }
    const width = ({ kappaInterval: [low, high] = [0, 0] }: typeof few) => high - low
    expect(width(many)).toBeLessThan(width(few))
  })

  it('says what cannot be told', () => {
    const none = calibrationReport(judgedBy(graded(1, 3), () => false))
    expect(none.kappa).toBeUndefined()
    expect(none.suggested).toBeUndefined()
    expect(none.warnings.join(' ')).toMatch(/Only 5 judged.*You kept none/)
    expect(calibrationText(none)).toContain('cannot be told')
    expect(calibrationText(calibrationReport({ ...judgedBy(graded(1, 3), () => true), judgements: {} }))).toContain(
      'Nothing of the sample',
    )
  })
})

describe('a run', () => {
  async function judgedRun() {
    const workspace = await temporaryWorkspace()
    await createProject(workspace, { name: 'notes', kind: 'text' })
    const texts = Array.from({ length: 40 }, (_, at) => `Note ${at}: ${'abcdefgh'[at % 8]!.repeat(12 + at)}.`)
    const model = scriptedModel({
      clock: systemClock,
      name: 'here',
      script: ({ messages }): ScriptedAnswer => {
        const said = messages.map(({ content }) => content).join('\n')
        const note = /Note (\d+)/.exec(said)
        if (!said.includes('rubric') && !note) return { kind: 'reply', value: { texts } }
        const score = 1 + (Number(note?.[1] ?? 0) % 3)
        return { kind: 'reply', value: { explanation: 'So.', score } }
      },
    })
    const written = recipe.parse({
      ...{ project: 'notes', generator: 'prompt', params: { prompt: 'Notes.', texts: 40 }, teacher: 'here' },
      ...{ critics: [{ kind: 'judge' }, { kind: 'unique', exact: true }], target: 20 },
    })
    const { run } = await runRecipe(workspace, written, { models: [model] })
    return { workspace, run }
  }

  it('is sampled with as many of each grade, without showing them, and goes on where a person stopped', async () => {
    const { workspace, run } = await judgedRun()
    const calibration = await openCalibration(workspace, run, { size: 12 })
    expect(await openCalibration(workspace, run, { size: 12 })).toEqual(calibration)
    const perGrade = Map.groupBy(calibration.sample, ({ score }) => score)
    expect([...perGrade.values()].map(all => all.length)).toEqual([4, 4, 4])
    const lines = await sampleLines(workspace, calibration)
    expect(lines.trim().split('\n')).toHaveLength(12)
    expect(lines).not.toMatch(/score|verdict|explanation/)

    const first = (await waitingRecords(workspace, calibration))[0]!
    await addJudgements(workspace, calibration, { [first.id]: { good: true, who: 'ann', atMs: 1 } })
    const later = await openCalibration(workspace, run.slice(0, 6))
    expect(await waitingRecords(workspace, later)).toHaveLength(11)

    const file = join(temporaryFolder(), 'judged.jsonl')
    const good = (line: string) =>
      line.replace(/"good":(null|true)/, `"good":"${/Note \d*[24680]:/.test(line) ? 'yes' : 'no'}"`)
    writeFileSync(file, lines.split('\n').map(good).join('\n'))
    const judged = await readJudgements(workspace, later, file, 'bea')
    expect(calibrationReport(judged).judged).toBe(12)
    expect(await waitingRecords(workspace, await openCalibration(workspace, run))).toEqual([])
  })

  it('refuses judgements it cannot read, naming the line, and critics that gave no grades, naming those that did', async () => {
    const { workspace, run } = await judgedRun()
    const calibration = await openCalibration(workspace, run)
    const file = join(temporaryFolder(), 'judged.jsonl')
    const [first] = calibration.sample
    writeFileSync(
      file,
      `{"record": "${first!.record}", "good": true}\n{"record": "${first!.record}", "good": "perhaps"}\n`,
    )
    await expect(readJudgements(workspace, calibration, file, 'bea')).rejects.toThrow(/line 2: “good” is "perhaps"/)
    writeFileSync(file, '{"record": "elsewhere", "good": true}\n')
    await expect(readJudgements(workspace, calibration, file, 'bea')).rejects.toThrow(/elsewhere is not in the sample/)
    await expect(openCalibration(workspace, run, { critic: 'unique' })).rejects.toMatchObject({
      hint: 'These did: judge.',
    })
  })
})
