/** Repeated texts are found however they were disguised, and nothing else is, judged against the slow and obvious way. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../stats/random-stream.ts'
import { OverlapIndex, type OverlapRule } from './overlap-index.ts'

const rule: OverlapRule = { near: 0.83, ngram: 8, share: 0.7 }

/** All about one topic, six words or more each, none a version of another. */
const sentences = [
  'I ordered a new card two weeks ago and it is still not here.',
  'Why does the machine at the airport refuse my card?',
  "My daughter's card expired in March, who sends the next one?",
  'Can a second card be added for my wife?',
  'The card reader in the bakery never recognises mine.',
  'Somebody used my card details in another country last night!',
  'How long is a replacement card on its way to Norway?',
  'Please block the card ending in 4417 at once.',
  'I found the card that I reported as stolen yesterday.',
  'Is there a fee of 3.50 € for withdrawing cash abroad?',
  'A waiter charged my card twice for the same dinner.',
  "You've sent the PIN, but the card itself is missing.",
  'Wie hoch ist die Gebühr für eine zweite Karte im Jahr?',
  'Meine Karte wurde in der Königstraße vom Automaten eingezogen.',
  "La carte que j'ai reçue ne porte pas mon nom complet.",
  'Почему моя карта не работает в новом терминале метро?',
]
const index = new OverlapIndex(sentences, rule)

const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, sign => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).replaceAll(' ', '\u3000')
const soft = (text: string) => text.replace(/(\p{L}{3})(?=\p{L})/gu, '$1\u00ad')

/** What a reader does not take for another text. */
const disguises: Record<string, (text: string) => string> = {
  'as it is': text => text,
  'in capitals': text => text.toUpperCase(),
  'in small letters': text => text.toLowerCase(),
  'with other punctuation': text => `“${text.replace(/[.?!]$/, '')} …”`,
  'without punctuation': text => text.replace(/(?<=\s|^)\p{P}+|[,.;:?!]+(?=\s|$)/gu, ''),
  'with commas after each word': text => text.replace(/(?<=\p{L}) /gu, ', '),
  'with more blanks': text => ` ${text.replaceAll(' ', ' \t \u00a0\n')}  `,
  'in full width': fullWidth,
  'in parts (NFD)': text => text.normalize('NFD'),
  'with soft hyphens': soft,
  'with typographic apostrophes': text => text.replaceAll("'", '’'),
}
const disguise = fc.constantFrom(...Object.keys(disguises))

const word = fc.constantFrom('card', 'the', 'not', 'zebra', 'überall', 'e-mail', '7,000', 'a.m.', "isn't")
const change = fc.oneof(
  fc.record({ kind: fc.constant('replaced' as const), word }),
  fc.record({ kind: fc.constant('put in' as const), word }),
  fc.record({ kind: fc.constant('left out' as const), word: fc.constant('') }),
)

function changed(text: string, { kind, word }: { kind: 'replaced' | 'put in' | 'left out'; word: string }, at: number) {
  const words = text.split(' ')
  words.splice(at % (words.length + (kind === 'put in' ? 1 : 0)), kind === 'put in' ? 0 : 1, ...(word ? [word] : []))
  return words.join(' ')
}

const item = fc.nat(sentences.length - 1)

it('finds a sentence under any disguise, as the same', () => {
  fc.assert(
    fc.property(item, disguise, disguise, (item, first, second) => {
      const text = disguises[second]!(disguises[first]!(sentences[item]!))
      expect([first, second, index.find(text)]).toEqual([first, second, { kind: 'same', item, share: 1 }])
    }),
    { numRuns: 500 },
  )
})

it('finds a sentence of six words and more with any one word replaced, put in or left out, disguised besides', () => {
  fc.assert(
    fc.property(item, change, fc.nat(), disguise, (item, change, at, how) => {
      const found = index.find(disguises[how]!(changed(sentences[item]!, change, at)))
      expect([how, found?.item]).toEqual([how, item])
      expect(found!.share).toBeGreaterThanOrEqual(rule.near)
    }),
    { numRuns: 2000 },
  )
})

it('takes no other sentence of the topic for it, nor one with two words of eight changed', () => {
  for (const [item, sentence] of sentences.entries()) {
    const others = new OverlapIndex(sentences.toSpliced(item, 1), rule)
    expect([sentence, others.find(sentence)]).toEqual([sentence, undefined])
  }
  expect(index.find('Please unlock the card ending in 9000 at once.')).toBeUndefined()
})

describe('near texts', () => {
  const random = randomStream('overlap')
  const vocabulary = Array.from({ length: 40 }, (_, i) => `w${i}`)
  const alone = vocabulary.map(word => [word])
  /** Each of one to five words that never come but together. */
  const phrases = Array.from({ length: 14 }, (_, i) => Array.from({ length: 1 + (i % 5) }, (_, at) => `p${i}x${at}`))
  const text = (length: number, parts: string[][]) => {
    const words: string[] = []
    while (words.length < length) words.push(...random.pick(parts))
    return words
  }

  function altered(words: string[], changes: number): string[] {
    const copy = [...words]
    for (let i = 0; i < changes; i++) {
      const what = random.pick(['replace', 'insert', 'remove'])
      copy.splice(
        random.int(copy.length),
        what === 'insert' ? 0 : 1,
        ...(what === 'remove' ? [] : [random.pick([...vocabulary, 'new'])]),
      )
    }
    return copy
  }

  function shareOf(a: string[], b: string[]): number {
    const lengths = Array.from({ length: a.length + 1 }, () => Array<number>(b.length + 1).fill(0))
    for (let i = 1; i <= a.length; i++)
      for (let j = 1; j <= b.length; j++)
        lengths[i]![j] =
          a[i - 1] === b[j - 1] ? lengths[i - 1]![j - 1]! + 1 : Math.max(lengths[i - 1]![j]!, lengths[i]![j - 1]!)
    return lengths[a.length]![b.length]! / Math.max(a.length, b.length)
  }

  // Few words, so that texts share many.
  it.each([
    [0.6, 5, 12, alone],
    [0.83, 2, 14, alone],
    [0.9, 45, 80, alone],
    [0.6, 5, 20, phrases],
    [0.83, 6, 20, phrases],
    [0.75, 20, 60, [...phrases, ...alone]],
  ])('are found without exception, and nothing else is, at %d of %d to %d words', (near, shortest, longest, parts) => {
    const texts = Array.from({ length: 120 }, () => text(shortest + random.int(longest - shortest), parts))
    const index = new OverlapIndex(
      texts.map(words => words.join(' ')),
      { near, ngram: 1000, share: 1 },
    )
    let found = 0
    for (let round = 0; round < 400; round++) {
      const base = random.pick(texts)
      const query = altered(base, random.int(Math.ceil(2 * (1 - near) * base.length) + 1))
      const shares = texts.map(words => shareOf(words, query))
      const best = Math.max(...shares)
      const answer = index.find(query.join(' '))
      if (answer) found++
      expect(answer && { item: answer.item, share: answer.share }).toEqual(
        best >= near - 1e-9 ? { item: shares.indexOf(best), share: best } : undefined,
      )
    }
    expect(found).toBeGreaterThan(100)
    expect(found).toBeLessThan(400)
  })
})

describe('n-grams', () => {
  const words = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `w${from + i}`).join(' ')
  const document = words(0, 100)
  const index = new OverlapIndex([words(500, 530), document, words(900, 906)], rule)

  it('are found whichever text is the longer one', () => {
    expect(index.find(words(20, 40))).toEqual({ kind: 'ngrams', item: 1, share: 1 })
    expect(index.find(`${words(2000, 2100)} ${words(500, 530)} ${words(3000, 3100)}`)).toEqual({
      kind: 'ngrams',
      item: 0,
      share: 1,
    })
  })

  it('count by their share', () => {
    // Of 33 n-grams, 23 and 24 are in the document.
    expect(index.find(`${words(20, 50)} ${words(2000, 2010)}`)).toBeUndefined()
    expect(index.find(`${words(20, 51)} ${words(2000, 2009)}`)).toMatchObject({ item: 1, share: 24 / 33 })
  })

  it('do not count when many texts have them', () => {
    const request = 'Say in one word whether this review is good or bad:'
    const reviews = (from: number) =>
      Array.from({ length: 150 }, (_, i) => `${request} ${words(from + 20 * i, from + 9 + 20 * i)}`)
    const index = new OverlapIndex(reviews(0), rule)
    for (const review of reviews(10_000)) expect(index.find(review)).toBeUndefined()
    expect(index.find(`${request} x ${words(20, 29)}`)).toMatchObject({ item: 1 })
  })
})

it('takes characters for words where there are no blanks', () => {
  const index = new OverlapIndex(['请问我的新银行卡什么时候能寄到', '新しいカードはいつ届きますか教えてください'], rule)
  expect(index.find('请问我的新信用卡什么时候能寄到')).toMatchObject({ kind: 'near', item: 0 })
  expect(index.find('新しいカードはいつ着きますか教えてください。')).toMatchObject({ item: 1 })
  expect(index.find('请问我的旧账单什么地方能看到')).toBeUndefined()
})

it('finds nothing in nothing', () => {
  expect(new OverlapIndex([], rule).find('anything at all')).toBeUndefined()
  expect(new OverlapIndex(['', ' '], rule).find('')).toBeUndefined()
  expect(new OverlapIndex(['?!'], rule).find('...')).toBeUndefined()
})
