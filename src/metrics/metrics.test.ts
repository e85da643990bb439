/** Scores against the definitions, computed the slow way. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../stats/random-stream.ts'
import { calibrationOf } from './calibration.ts'
import { confusionOf } from './confusion.ts'
import { classificationOutcome, entityOutcome, pooledOutcomes } from './outcome.ts'
import { classificationScores, entityScores, scoreDifferences, scoreIntervals, scoresOf } from './scores.ts'

const label = fc.constantFrom('a', 'b', 'c')
const texts = fc.array(fc.tuple(fc.uniqueArray(label, { maxLength: 2 }), fc.uniqueArray(label, { maxLength: 2 })), {
  minLength: 1,
  maxLength: 30,
})
const entity = fc
  .tuple(fc.nat(5), fc.integer({ min: 1, max: 3 }), label)
  .map(([start, length, label]) => ({ start, end: start + length, label }))
const entityTexts = fc.array(fc.tuple(fc.array(entity, { maxLength: 4 }), fc.array(entity, { maxLength: 4 })), {
  minLength: 1,
  maxLength: 20,
})

describe('classificationScores', () => {
  it('agrees with the definitions of precision, recall, F1 and their averages', () => {
    fc.assert(
      fc.property(texts, pairs => {
        const [gold, predicted] = [pairs.map(([right]) => right), pairs.map(([, said]) => said)]
        const scores = classificationScores(gold, predicted)
        const present: string[] = (['a', 'b', 'c'] as const).filter(each => pairs.flat(2).includes(each))
        expect(scores.labels.map(each => each.label)).toEqual(present)
        let macro = 0
        for (const each of scores.labels) {
          const right = pairs.filter(([gold]) => (gold as string[]).includes(each.label)).length
          const said = pairs.filter(([, predicted]) => (predicted as string[]).includes(each.label)).length
          const both = pairs.filter(([a, b]) =>
            [a, b].every(labels => (labels as string[]).includes(each.label)),
          ).length
          expect([each.support, each.predicted]).toEqual([right, said])
          expect(each.precision).toBeCloseTo(said === 0 ? 0 : both / said)
          expect(each.recall).toBeCloseTo(right === 0 ? 0 : both / right)
          const f1 = both === 0 ? 0 : 2 / (said / both + right / both)
          expect(each.f1).toBeCloseTo(f1)
          macro += f1 / present.length
        }
        expect(scores.macro.f1).toBeCloseTo(macro)
        const same = pairs.filter(([a, b]) => a.toSorted().join() === b.toSorted().join()).length
        expect(scores.accuracy).toBeCloseTo(same / pairs.length)
      }),
    )
  })

  it('has micro F1 equal to accuracy where every text has one label and is given one', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(label, label), { minLength: 1 }), pairs => {
        const scores = classificationScores(
          pairs.map(([gold]) => [gold]),
          pairs.map(([, said]) => [said]),
        )
        expect(scores.micro.f1).toBeCloseTo(scores.accuracy)
        expect(scores.weighted.recall).toBeCloseTo(scores.accuracy)
      }),
    )
  })
})

describe('entityScores', () => {
  it('counts an entity as right only if place and label are, each once', () => {
    fc.assert(
      fc.property(entityTexts, pairs => {
        const unique = pairs.map(pair =>
          pair.map(list => [...new Map(list.map(each => [JSON.stringify(each), each])).values()]),
        )
        const scores = entityScores(
          pairs.map(([gold]) => gold),
          pairs.map(([, said]) => said),
        )
        let [right, said, both] = [0, 0, 0]
        for (const [gold, predicted] of unique as [(typeof pairs)[0][0], (typeof pairs)[0][0]][]) {
          right += gold.length
          said += predicted.length
          both += gold.filter(a => predicted.some(b => JSON.stringify(a) === JSON.stringify(b))).length
        }
        expect(scores.micro.f1).toBeCloseTo(right + said === 0 ? 0 : (2 * both) / (right + said))
        expect(scores.labels.reduce((sum, { support }) => sum + support, 0)).toBe(right)
      }),
    )
  })

  it('does not count a right place with a wrong label, nor half a place', () => {
    const paris = { start: 0, end: 5, label: 'LOC' }
    expect(entityOutcome([paris], [{ ...paris, label: 'PER' }]).counts.map(({ correct }) => correct)).toEqual([0, 0])
    expect(entityScores([[paris]], [[{ ...paris, end: 4 }]]).micro.f1).toBe(0)
    expect(entityOutcome([paris], [paris]).exact).toBe(1)
    expect(entityOutcome([], []).exact).toBe(1)
  })
})

describe('scoreIntervals', () => {
  it('hold the figures themselves, narrow as data grows, and are the same again', () => {
    const outcomes = (count: number) =>
      Array.from({ length: count }, (_, at) => classificationOutcome([at % 3 ? 'a' : 'b'], [at % 5 ? 'a' : 'b']))
    const width = (count: number) => {
      const { accuracy, macroF1, labels } = scoreIntervals(outcomes(count), randomStream('intervals'), 300)
      const scores = scoresOf(outcomes(count))
      expect(accuracy.low).toBeLessThanOrEqual(scores.accuracy)
      expect(accuracy.high).toBeGreaterThanOrEqual(scores.accuracy)
      expect(macroF1.low).toBeLessThanOrEqual(scores.macro.f1)
      expect(labels.map(({ label }) => label)).toEqual(['a', 'b'])
      return accuracy.high - accuracy.low
    }
    expect(width(3000)).toBeLessThan(width(60) / 4)
    expect(scoreIntervals(outcomes(50), randomStream(1), 50)).toEqual(scoreIntervals(outcomes(50), randomStream(1), 50))
  })
})

describe('scoreDifferences', () => {
  it('is nothing between a model and itself, and sure where one is better text by text', () => {
    const gold = Array.from({ length: 400 }, (_, at) => [at % 2 ? 'a' : 'b'])
    const guess = (wrong: (at: number) => boolean) =>
      gold.map(([right], at) => classificationOutcome([right!], [wrong(at) ? 'c' : right!]))
    const before = guess(at => at % 5 === 0)
    const same = scoreDifferences(before, before, randomStream('same'))
    expect([same.accuracy.value, same.accuracy.interval]).toEqual([0, { low: 0, high: 0 }])
    const better = scoreDifferences(
      before,
      guess(at => at % 10 === 0),
      randomStream('better'),
    )
    expect(better.accuracy.value).toBeCloseTo(0.1)
    expect(better.accuracy.interval.low).toBeGreaterThan(0.05)
    expect(better.labels.find(({ label }) => label === 'a')!.value).toBeGreaterThanOrEqual(0)
  })
})

describe('pooledOutcomes', () => {
  it('counts every answer, and resamples all answers to a text together', () => {
    const right = Array.from({ length: 30 }, (_, at) => classificationOutcome(['a'], [at % 2 ? 'a' : 'b']))
    const pooled = pooledOutcomes([right, right, right])
    expect(pooled).toHaveLength(30)
    expect(scoresOf(pooled).accuracy).toBeCloseTo(scoresOf(right).accuracy)
    expect(scoresOf(pooled).micro).toEqual(scoresOf(right).micro)
    expect(scoreIntervals(pooled, randomStream('pool'), 200).accuracy).toEqual(
      scoreIntervals(right, randomStream('pool'), 200).accuracy,
    )
  })
})

describe('calibrationOf', () => {
  it('is nothing where confidence is what comes true, and the gap where it is not', () => {
    const answers = Array.from({ length: 1000 }, (_, at) => ({ confidence: 0.8, correct: at % 10 < 8 }))
    expect(calibrationOf(answers).error).toBeCloseTo(0)
    expect(calibrationOf(answers.map(answer => ({ ...answer, confidence: 1 }))).error).toBeCloseTo(0.2)
    const { bins } = calibrationOf(answers)
    expect(bins).toHaveLength(15)
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(1000)
  })
})

describe('confusionOf', () => {
  it('counts every text once, with none as an empty name', () => {
    expect(confusionOf([['a'], ['a'], ['b'], []], [['a'], ['b'], [], ['b']])).toEqual([
      { gold: '', predicted: 'b', count: 1 },
      { gold: 'a', predicted: 'a', count: 1 },
      { gold: 'a', predicted: 'b', count: 1 },
      { gold: 'b', predicted: '', count: 1 },
    ])
  })
})
