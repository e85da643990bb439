/** Laws of the measures of grown texts. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { copiesOf, measureQuality, type SampledText, sampledText } from './quality.ts'
import { measured } from './quality-worker.ts'

const word = fc.constantFrom('card', 'lost', 'my', 'fee', 'where', 'why', 'pin', 'new', 'is')
const text = fc
  .array(word, { minLength: 1, maxLength: 8 })
  .map(words => sampledText({ fields: { text: words.join(' ') }, labels: [] }))
const texts = fc.array(text, { minLength: 1, maxLength: 15 })
const figures = (grown: SampledText[], real: SampledText[]) => {
  const { lengths, diversity, texts } = measureQuality(grown, real)!
  return JSON.parse(JSON.stringify({ lengths, diversity, texts }), (_, value) =>
    typeof value === 'number' ? Math.round(1e9 * value) / 1e9 : value,
  )
}

it('does not depend on the order of the texts', () => {
  fc.assert(
    fc.property(texts, texts, (grown, real) => {
      expect(figures(grown.toReversed(), real.toReversed())).toEqual(figures(grown, real))
    }),
  )
})

it('finds no difference between a set and itself', () => {
  fc.assert(
    fc.property(texts, texts => {
      const { lengths, diversity, nearCopies } = measureQuality(texts, texts)!
      expect(lengths.words.real).toEqual(lengths.words.grown)
      expect(lengths.characters.counts.real).toEqual(lengths.characters.counts.grown)
      expect(diversity.compared!.real).toEqual(diversity.compared!.grown)
      expect(nearCopies.ofReal!.count).toBe(texts.length)
    }),
  )
})

it('compares equally many texts and words, whatever there is of each', () => {
  fc.assert(
    fc.property(texts, texts, (grown, real) => {
      const { compared } = measureQuality(grown, real)!.diversity
      expect(compared!.grown.texts).toBe(Math.min(grown.length, real.length))
      expect([compared!.real.texts, compared!.real.words]).toEqual([compared!.grown.texts, compared!.grown.words])
    }),
  )
})

it('measures by the real texts of the labels that were grown, and copies by all real ones', () => {
  const of = (text: string, label: string) => sampledText({ fields: { text }, labels: [label] })
  const fees = Array.from({ length: 20 }, (_, at) => of(`is there a fee in month ${at}`, 'fee'))
  const real = [of('where is my new card', 'card'), ...fees]
  const { texts, nearCopies } = measureQuality([of('Where is my new card?', 'fee')], real)!
  expect(texts).toEqual({ grown: 1, real: 21, yardstick: 20 })
  expect(nearCopies.ofReal!.count).toBe(1)
  for (const label of ['card', 'greeting']) expect(measureQuality([of('hello', label)], real)!.texts.yardstick).toBe(21)
})

it('has nothing to say of nothing, and no yardstick without real texts', () => {
  expect(measureQuality([], [sampledText({ fields: { text: 'a' }, labels: [] })])).toBeUndefined()
  const alone = measureQuality([sampledText({ fields: { text: 'a' }, labels: [] })], [])!
  expect([alone.diversity.compared, alone.nearCopies.ofReal, alone.lengths.words.real]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

it('measures many texts in a thread as it does here', async () => {
  const of = (start: number, count: number) =>
    Array.from({ length: count }, (_, at) =>
      sampledText({ fields: { text: `where is card ${start + (at % 150)}` }, labels: [] }),
    )
  const [grown, real, heldOut] = [of(0, 200), of(100, 180), of(90, 40)]
  const { quality, ofHeldOut } = await measured({ grown, real, heldOut })
  expect(quality).toEqual(measureQuality(grown, real))
  expect(ofHeldOut).toEqual(copiesOf(grown, heldOut))
})
