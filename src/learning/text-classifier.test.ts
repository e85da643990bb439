/** What the text classifier promises: the same bytes again, sound probabilities, and what to do where nothing can be learned. */
import { describe, expect, it } from 'vitest'
import type { Example } from '../model/example.ts'
import { type RandomStream, randomStream } from '../stats/random-stream.ts'
import { readTextClassifier, type TextClassifier, trainTextClassifier } from './text-classifier.ts'

const topics = {
  weather: ['rain', 'sunshine', 'forecast', 'cloudy', 'thunder', 'umbrella'],
  cooking: ['recipe', 'oven', 'flour', 'simmer', 'garlic', 'dessert'],
  travel: ['airport', 'luggage', 'passport', 'hotel', 'ticket', 'journey'],
}
type Topic = keyof typeof topics
const names = Object.keys(topics) as Topic[]
const filler = ['please', 'tell', 'me', 'about', 'the', 'a', 'my', 'today', 'some', 'with']

/** A few words of each topic among words of none. */
function textAbout(about: readonly Topic[], random: RandomStream): string {
  const words = about.flatMap(topic => [random.pick(topics[topic]), random.pick(topics[topic])])
  return random.shuffle([...words, ...Array.from({ length: 5 }, () => random.pick(filler))]).join(' ')
}

function example(text: string, labels: string[], id: string | number = text): Example {
  return { id: String(id), text, labels, entities: [] }
}

function someExamples(count: number, random: RandomStream, topicOf = () => random.pick(names)): Example[] {
  return Array.from({ length: count }, (_, at) => {
    const topic = topicOf()
    return example(textAbout([topic], random), [topic], at)
  })
}

const surest = (classifier: TextClassifier, text: string) => classifier.predict(text)[0]!
const hits = (classifier: TextClassifier, tests: readonly Example[]) =>
  tests.filter(({ text, labels }) => surest(classifier, text).label === labels[0]).length / tests.length

const examples = someExamples(120, randomStream('training'))
const tests = someExamples(200, randomStream('tests'))
const classifier = trainTextClassifier(examples)

it('learns what tells labels apart', () => {
  expect(hits(classifier, tests)).toBeGreaterThan(0.97)
})

it('gives all labels, surest first, with probabilities that sum to 1', () => {
  for (const text of ['', '?!', 'qqq', ...tests.map(({ text }) => text)]) {
    const predicted = classifier.predict(text)
    expect(predicted.map(({ label }) => label).sort()).toEqual(classifier.labels)
    const scores = predicted.map(({ score }) => score!)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    expect(scores.reduce((a, b) => a + b)).toBeCloseTo(1, 12)
    expect(scores.every(score => score >= 0)).toBe(true)
  }
})

it('sorts its labels, whatever the order of the examples', () => {
  expect(classifier.labels).toEqual(['cooking', 'travel', 'weather'])
  expect(trainTextClassifier([...examples].reverse()).labels).toEqual(classifier.labels)
})

it('predicts the same after it was saved and read, and is saved as the same bytes', () => {
  const bytes = classifier.toBytes()
  const read = readTextClassifier(bytes)
  for (const { text } of tests) expect(read.predict(text)).toEqual(classifier.predict(text))
  expect(read.toBytes()).toEqual(bytes)
  expect(() => readTextClassifier(bytes.subarray(1))).toThrow(expect.objectContaining({ code: 'bad-file' }))
})

it('gives the same bytes for the same examples and seed, others for another seed', () => {
  expect(trainTextClassifier(examples, { seed: 0 }).toBytes()).toEqual(classifier.toBytes())
  expect(trainTextClassifier(examples, { seed: 1 }).toBytes()).not.toEqual(classifier.toBytes())
})

it('is not fooled by case, and seldom by a misspelt word', () => {
  for (const { text } of tests) expect(classifier.predict(text.toUpperCase())).toEqual(classifier.predict(text))
  const misspelt = tests.map(({ text, labels, id }) =>
    example(text.replace(/\b(\w{3})(\w)(\w+)/g, '$1$3$2'), labels, id),
  )
  expect(hits(classifier, misspelt)).toBeGreaterThan(0.9)
})

it('tells of its progress, rising to 1', () => {
  const shares: number[] = []
  trainTextClassifier(examples, { observe: share => shares.push(share) })
  expect(shares.length).toBeGreaterThan(50)
  expect(shares).toEqual([...shares].sort((a, b) => a - b))
  expect(shares.every(share => share > 0 && share <= 1)).toBe(true)
  expect(shares.filter(share => share === 1)).toHaveLength(1)
})

describe('is about as sure as it is right', () => {
  const random = randomStream('noise')
  const noisy = (count: number) =>
    someExamples(count, random).map(given =>
      random.float() < 0.4 ? { ...given, labels: [random.pick(names)] } : given,
    )
  const sureness = (trained: TextClassifier, texts: readonly Example[]) =>
    texts.reduce((sum, { text }) => sum + surest(trained, text).score!, 0) / texts.length
  const learned = noisy(600)
  const unseen = noisy(500)

  it('where labels are often wrong', () => {
    const trained = trainTextClassifier(learned)
    expect(Math.abs(sureness(trained, unseen) - hits(trained, unseen))).toBeLessThan(0.06)
  })

  it('where examples are copies of others, which have the same id', () => {
    const copies = Array.from({ length: 4 }, () => learned.slice(0, 200)).flat()
    const trained = trainTextClassifier(copies)
    const strangers = trainTextClassifier(copies.map((given, at) => ({ ...given, id: String(at) })))
    const gap = (of: TextClassifier) => sureness(of, unseen) - hits(of, unseen)
    expect(gap(trained)).toBeLessThan(0.1)
    expect(gap(strangers)).toBeGreaterThan(gap(trained) + 0.05)
  })
})

describe('with class weights', () => {
  const random = randomStream('imbalance')
  // The rare label has no words of its own, only more of some: what is rare is then seldom worth saying.
  const unclear = (rare: number, common: number) =>
    Array.from({ length: rare + common }, (_, at) => {
      const isRare = at < rare
      const words = Array.from({ length: 4 }, () => (random.float() < (isRare ? 0.6 : 0.3) ? 'urgent' : 'later'))
      return example(
        `${words.join(' ')} ${random.pick(filler)} ${random.pick(filler)}`,
        [isRare ? 'rare' : 'common'],
        at,
      )
    })
  const learned = unclear(40, 560)
  const rareTests = unclear(200, 0)

  it('finds more of a rare label when they are balanced, and more of a label that counts more', () => {
    const plain = hits(trainTextClassifier(learned), rareTests)
    const balanced = hits(trainTextClassifier(learned, { classWeights: 'balanced' }), rareTests)
    const given = hits(trainTextClassifier(learned, { classWeights: { rare: 30 } }), rareTests)
    expect(balanced).toBeGreaterThan(plain + 0.2)
    expect(given).toBeGreaterThan(plain + 0.2)
  })

  it('survives extreme imbalance', () => {
    const extreme = [...someExamples(800, randomStream('many'), () => 'weather'), example('garlic oven', ['cooking'])]
    for (const classWeights of [undefined, 'balanced'] as const) {
      const trained = trainTextClassifier(extreme, classWeights && { classWeights })
      expect(trained.predict('rain').every(({ score }) => Number.isFinite(score))).toBe(true)
      expect(surest(trained, 'rain forecast').label).toBe('weather')
    }
  })
})

describe('with any number of labels a text', () => {
  const random = randomStream('several')
  const several = (count: number) =>
    Array.from({ length: count }, (_, at) => {
      const about = names.filter(() => random.float() < 0.4)
      return example(textAbout(about, random), about, at)
    })
  const trained = trainTextClassifier(several(300), { multiLabel: true })

  it('gives each label a probability of its own: from 0.5 on for those a text has', () => {
    const unseen = several(200)
    const right = unseen.filter(({ text, labels }) => {
      const given = trained.predict(text).filter(({ score }) => score! >= 0.5)
      return (
        given
          .map(({ label }) => label)
          .sort()
          .join() === [...labels].sort().join()
      )
    })
    expect(right.length / unseen.length).toBeGreaterThan(0.93)
  })

  it('predicts the same after it was saved and read', () => {
    const read = readTextClassifier(trained.toBytes())
    expect(read).toMatchObject({ kind: 'text-classifier', labels: trained.labels, multiLabel: true })
    for (const { text } of several(20)) expect(read.predict(text)).toEqual(trained.predict(text))
  })

  it('can tell whether texts have a single label or not', () => {
    const single = [...Array(20).keys()].flatMap(at => [
      example(textAbout(['weather'], random), ['weather'], at),
      example(textAbout(['travel'], random), [], -at),
    ])
    const detector = trainTextClassifier(single, { multiLabel: true })
    expect(surest(detector, 'thunder and rain').score).toBeGreaterThan(0.5)
    expect(surest(detector, 'luggage at the hotel').score).toBeLessThan(0.5)
  })
})

describe('with little to go by', () => {
  it('learns from one example a label', () => {
    const labels = Array.from({ length: 150 }, (_, at) => `label ${at}`)
    const word = (label: string) => `w${label.slice(6)}${[...label.slice(6)].reverse().join('x')}`
    const trained = trainTextClassifier(labels.map(label => example(`${word(label)} thing`, [label])))
    expect(trained.labels).toHaveLength(150)
    const right = labels.filter(label => surest(trained, `thing ${word(label)}`).label === label)
    expect(right.length).toBeGreaterThan(140)
  })

  it('says what is most frequent where texts are empty', () => {
    const empty = [example('', ['a'], 1), example(' ', ['b'], 2), example('\n', ['b'], 3)]
    const trained = trainTextClassifier(empty)
    expect(surest(trained, 'anything').label).toBe('b')
    expect(readTextClassifier(trained.toBytes()).predict('')).toEqual(trained.predict(''))
  })

  it('takes a label that is given twice as given once', () => {
    const twice = [example('rain', ['weather', 'weather']), example('oven', ['cooking'])]
    expect(trainTextClassifier(twice).labels).toEqual(['cooking', 'weather'])
  })
})

describe('says what to do', () => {
  const rain = example('rain', ['weather'], 'r1')
  it.each([
    ['without examples', [], {}, /no examples/],
    ['without labels', [example('rain', [])], { multiLabel: true }, /No example has a label/],
    ['with one label only', [rain, example('sun', ['weather'])], {}, /All examples have the label weather/],
    ['with an example of two labels', [rain, example('a', ['b', 'c'], 'x7')], {}, /Example x7 has 2 labels/],
    ['with an example of no label', [rain, example('a', [], 'x7')], {}, /Example x7 has no label/],
    ['with a weight for no label', examples, { classWeights: { whether: 2 } }, /weight for whether/],
    ['with a weight of nothing', examples, { classWeights: { weather: 0 } }, /weight of weather is 0/],
  ])('%s', (_, given, options, message) => {
    expect(() => trainTextClassifier(given, options)).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        message: expect.stringMatching(message),
        hint: expect.stringMatching(/\w/),
      }),
    )
  })
})
