/** Files of predictions, in every notation people have them in. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CultivarError } from '../../model/error.ts'
import { type Prediction, readPredictions } from './read-predictions.ts'

const read = (text: string, field = 'text') => readPredictions('p', text, field)
const quote = (value: string) => `"${value.replaceAll('"', '""')}"`

const word = fc.constantFrom('a', 'card "lost"', 'x,y', 'x;y', 'two\nlines', 'ä|b', '7', '-1', '{', 'a\tb')
const prediction = fc.record({ id: word, text: word, predicted: word, label: word, confidence: fc.nat(9) })

function table(rows: Prediction[], delimiter: string, lineBreak: string): string {
  const header = ['id', 'text', 'prediction', 'label', 'score']
  const lines = rows.map(({ id, text, predicted, label, confidence }) => [
    id!,
    text!,
    predicted,
    label!,
    `${confidence}`,
  ])
  return [header, ...lines.map(line => line.map(quote))].map(line => line.join(delimiter)).join(lineBreak)
}

it('says the same of the same rows as CSV, TSV, JSON or JSON Lines', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(prediction, { minLength: 1, maxLength: 6 }), async rows => {
      const members = rows.map(({ id, text, predicted, label, confidence }) => ({
        ...{ ID: id, text, y_pred: predicted, gold: label, confidence },
      }))
      const texts = [
        ...[',', ';', '\t', '|'].map(delimiter => table(rows, delimiter, '\n')),
        `\ufeff${table(rows, ',', '\r\n')}\r\n`,
        JSON.stringify(members),
        JSON.stringify({ predictions: members }, null, 2),
        members.map(member => JSON.stringify(member)).join('\n'),
      ]
      for (const text of texts) {
        expect(await read(text)).toEqual({ predictions: rows, empty: 0 })
      }
    }),
    { numRuns: 50 },
  )
})

it('takes the field of the text, numbers for ids, and rows without a prediction for what they are', async () => {
  expect(await read('Utterance,Predicted Label\nhello,a\nbye,\n', 'utterance')).toEqual({
    predictions: [{ text: 'hello', predicted: 'a' }],
    empty: 1,
  })
  expect(await read('[{"id": 7, "pred": 0, "score": [0.1, 0.9]}, {"id": 8, "pred": null}]')).toEqual({
    predictions: [{ id: '7', predicted: '0' }],
    empty: 1,
  })
})

it.each([
  ['id,guess\n1,a', /“p” says what a model predicted; its columns are: id, guess/],
  ['predicted,score\na,1', /says which record.*predicted, score/],
  ['id,predicted\n1,a,b', /Line 2 of “p”: it has 3 columns instead of 2/],
  ['id,predicted\n1,a\n2,"b\n', /Line 3 of “p”: a quoted value is never closed/],
  ['{"id": 1, "pred": "a"}\n{"id": 2,', /Line 2 of “p” is not valid JSON/],
  ['[1, 2]', /Item 1 of “p” is no object/],
  ['', /holds no prediction/],
  ['id,predicted\n', /holds no prediction/],
])('refuses %j, and says where and why', async (text, message) => {
  const error = await read(text).catch(error => error)
  expect(error).toBeInstanceOf(CultivarError)
  expect(error).toMatchObject({
    code: 'bad-file',
    message: expect.stringMatching(message),
    hint: expect.stringMatching(/\w/),
  })
})
