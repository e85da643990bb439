/** What is found of personal data, measured on a generated test set with known answers, and how long it takes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LabelledText, labelledTexts, languages } from '../../../test/privacy/labelled-texts.ts'
import people from '../../../test/privacy/people.json' with { type: 'json' }
import { type FindOptions, findPersonalData, personalDataKinds } from './find-personal-data.ts'
import givenNames from './given-names.json' with { type: 'json' }

const found = (text: string, options?: FindOptions) =>
  findPersonalData(text, options).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`)

describe('on the test set', () => {
  const texts = languages.flatMap(language => labelledTexts(language, 6))
  const known = new Set(
    Object.values(givenNames)
      .flat()
      .flatMap(line => line.split(' ')),
  )

  it('has five countries and more, eight kinds and more, and names that are in no list of the finder', () => {
    expect(languages.length).toBeGreaterThanOrEqual(5)
    expect(new Set(texts.flatMap(({ expected }) => expected.map(({ kind }) => kind))).size).toBeGreaterThanOrEqual(8)
    expect(texts.filter(({ expected }) => expected.length === 0).length).toBeGreaterThan(500)
    const names = Object.values(people).flatMap(({ given, surnames }) => [...given, ...surnames])
    const words = names.flatMap(name => [name, ...name.split(/[ -]/)]).map(word => word.toLowerCase())
    expect(words.filter(word => known.has(word))).toEqual([])
  })

  it('finds at least .98 of it, and .95 of what is found is right', () => {
    const counts = Object.fromEntries(['all', ...personalDataKinds].map(kind => [kind, emptyCount()]))
    for (const text of texts) count(text, counts)
    const table = Object.entries(counts).map(
      ([kind, { expected, covered, found, right }]) =>
        `${kind.padEnd(14)} recall ${(covered / expected).toFixed(3)} of ${expected}, precision ${(right / found).toFixed(3)} of ${found}`,
    )
    console.info(table.join('\n'))
    const { expected, covered, found, right } = counts['all']!
    expect(covered / expected, table.join('\n')).toBeGreaterThanOrEqual(0.98)
    expect(right / found, table.join('\n')).toBeGreaterThanOrEqual(0.95)
    for (const kind of personalDataKinds) {
      const { expected, covered, found, right } = counts[kind]!
      expect(covered / expected, kind).toBeGreaterThan(0.94)
      expect(right / found, kind).toBeGreaterThanOrEqual(0.95)
    }
  })

  const emptyCount = () => ({ expected: 0, covered: 0, found: 0, right: 0 })

  /** An answer counts as found if all its letters and digits are, as that kind; a finding as right if it lies within an answer. */
  function count({ text, expected }: LabelledText, counts: Record<string, ReturnType<typeof emptyCount>>): void {
    const findings = findPersonalData(text)
    for (const answer of expected) {
      const own = findings.filter(({ kind }) => kind === answer.kind)
      const left = [...text].keys().filter(i => {
        const inside = answer.start <= i && i < answer.end && /[\p{L}\p{N}]/u.test(text[i]!)
        return inside && !own.some(({ start, end }) => start <= i && i < end)
      })
      const covered = left.next().done ? 1 : 0
      for (const kind of ['all', answer.kind]) {
        counts[kind]!.expected++
        counts[kind]!.covered += covered
      }
    }
    for (const { kind, start, end } of findings) {
      const right = expected.some(answer => answer.kind === kind && answer.start <= start && end <= answer.end)
      for (const name of ['all', kind]) {
        counts[name]!.found++
        counts[name]!.right += right ? 1 : 0
      }
    }
  }
})

describe('names', () => {
  it.each([
    ['Dear Ms Okafor, Chidi Okafor wrote. Yes, Okafor’s right.', ['Okafor', 'Chidi Okafor', 'Okafor']],
    [
      'My wife Maria Okafor is ill. Call Okafor, or tell Maria Grace Okafor!',
      ['Maria Okafor', 'Okafor', 'Maria Grace Okafor'],
    ],
    ['hi, my name is elena kovacs', ['elena kovacs']],
    ['Best regards,\nJ. van der Meulen', ['J. van der Meulen']],
    ['Zubrowka, born 3 May 1990, called.', ['Zubrowka']],
    ['My name is misspelled on the card', []],
    ['I am Canadian. This is London. Dear Customer, hello world!', []],
    ['Taylor Swift played in Berlin.', []],
  ])('introduced: “%s”', (text, names) => {
    expect(findPersonalData(text, { kinds: ['name'] }).map(({ start, end }) => text.slice(start, end))).toEqual(names)
  })

  it('all: known given names with what follows, and who speaks', () => {
    expect(found('Yesterday Elena Kovacs met Zubrowka in the hall, and Zubrowka said no.', { names: 'all' })).toEqual([
      'name Elena Kovacs',
      'name Zubrowka',
      'name Zubrowka',
    ])
    expect(found('Will you come in May? Grace is a virtue, and Paris a city.', { names: 'all' })).toEqual([])
  })

  it('none: not even after “my name is”', () => {
    expect(found('My name is Elena Kovacs', { names: 'none' })).toEqual([])
  })
})

it('looks for the chosen kinds only, yet knows a card from a telephone', () => {
  const text = 'Card 4111 1111 1111 1111, phone +49 30 901820, a@b.org'
  expect(found(text, { kinds: ['phone'] })).toEqual(['phone +49 30 901820'])
})

it('reads full-width and Arabic digits, odd spaces, hyphens and apostrophes as what they mean', () => {
  expect(found('call +４９ 30 ９０１８２０')).toEqual(['phone +４９ 30 ９０１８２０'])
  expect(found('IBAN\u00a0DE89\u202f3704\u00a00044\u00a00532\u00a00130\u00a000')).toHaveLength(1)
  expect(found('call 555\u2011123\u20114567')).toHaveLength(1)
  expect(found('اتصل +٩٧١ ٥٠ ١٢٣ ٤٥٦٧')).toHaveLength(1)
})

it('passes over placeholders and over what is excepted', () => {
  expect(found('Dear ⟦NAME_1⟧, write to ⟦EMAIL_2⟧ or call ⟦PHONE_13⟧.')).toEqual([])
  const text = 'a@b.org and c@d.org'
  expect(found(text, { except: [{ start: 0, end: 7 }] })).toEqual(['email c@d.org'])
  expect(
    found(text, {
      except: [
        { start: 5, end: 3 },
        { start: -4, end: 0 },
        { start: 90, end: 99 },
      ],
    }),
  ).toHaveLength(2)
})

it('gives stretches in order that do not overlap and begin and end within the text, whatever it is', () => {
  const pieces =
    'Mr Dr. Anna van der Meulen born 3 May 1990 call 030/1234567 0612345678 a@b.org 12 Baker Street, Via Roma 4 DE89 3704 0044 0532 0130 00 4111 1111 1111 1111 10.0.0.12 ⟦NAME_1⟧ \ud83d 🙂 İ ß \n , . ( ) : account no. SSN 078-05-1120'.split(
      ' ',
    )
  const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 6 })), {
    maxLength: 25,
  })
  fc.assert(
    fc.property(
      text,
      fc.constantFrom('', ' '),
      fc.constantFrom('introduced' as const, 'all' as const),
      (parts, gap, names) => {
        const whole = parts.join(gap)
        let from = 0
        for (const { start, end } of findPersonalData(whole, { names })) {
          expect(start).toBeGreaterThanOrEqual(from)
          expect(end).toBeGreaterThan(start)
          from = end
        }
        expect(from).toBeLessThanOrEqual(whole.length)
      },
    ),
    { numRuns: 1000 },
  )
})

it('takes time in proportion to a hostile text', () => {
  const pieces = [
    "born Dear 1.1.1990'",
    ',P.O. Box 1',
    "'É",
    '-eyJ',
    'Anna ',
    'CA ',
    'Mr. ',
    'my name is a',
    '1 St ',
    'call 0',
    'a at ',
    '12 rue de ',
  ]
  const milliseconds = (text: string) => {
    const before = process.cpuUsage().user
    findPersonalData(text, { names: 'all' })
    return (process.cpuUsage().user - before) / 1000
  }
  for (const piece of pieces) {
    const short = milliseconds(piece.repeat(5000 / piece.length))
    const long = milliseconds(piece.repeat(40_000 / piece.length))
    // Quadratic would be sixty-fourfold.
    expect(long, piece).toBeLessThan(Math.max(300, 25 * short))
  }
})
