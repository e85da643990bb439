/** The generator `templatic`: exact spans, no text twice, values of training records alone, and as many as it says beforehand. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { storedRecord } from '../../test/stored-record.ts'
import {
  classes,
  entities,
  made,
  marked,
  nobody,
  planned,
  texts,
  values,
} from '../../test/templatic/filled-templates.ts'
import type { Project } from '../model/project.ts'
import { parseTemplate } from '../text/template-parser.ts'
import { templatic } from './templatic.ts'

describe('spans', () => {
  const piece = fc
    .oneof(
      fc.string({ unit: 'grapheme', maxLength: 5 }),
      fc.constantFrom(' ', '  ', "'s ", '\n', '🦉', 'שלום ', '東京', 'e\u0301', '{', '}}', ', '),
    )
    .map(text => text.toWellFormed())
  const value = fc
    .oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
      fc.constantFrom('Ada', 'القاهرة', '李 明', '👩‍👩‍👧', 'Zoe\u0308', '{PER}', '{{x', 'a}b'),
    )
    .map(text => text.toWellFormed().trim())
    .filter(text => text !== '')
  const pool = fc.uniqueArray(value, { minLength: 3, maxLength: 8 })
  const slot = fc.constantFrom('PER', 'LOC', 'PER#1', 'LOC#one')
  const template = fc.array(
    fc.oneof(
      piece,
      slot.map(name => ({ name })),
    ),
    { minLength: 1, maxLength: 7 },
  )

  it('cover exactly the value that came in for each slot; all around is as the template has it', async () => {
    let filled = 0
    await fc.assert(
      fc.asyncProperty(fc.array(template, { minLength: 1, maxLength: 3 }), pool, pool, async (drafts, PER, LOC) => {
        const templates = drafts.map(parts => {
          const once = parts
            .filter(part => typeof part !== 'string' && part.name.includes('#'))
            .map(part => (part as { name: string }).name)
          const name = (part: { name: string }) =>
            once.filter(each => each === part.name).length === 1 ? part.name.replace(/#.*/, '') : part.name
          const escaped = (text: string) => text.replaceAll('{', '{{').replaceAll('}', '}}')
          return parts.map(part => (typeof part === 'string' ? escaped(part) : `{${name(part)}}`)).join('')
        })
        const given = { templates, values: { PER, LOC }, results: 7 }
        if (!templatic.params.safeParse(given).success) return
        const { plan, unit } = await planned(given).catch(error => {
          expect(error.message).toContain('a text that the project does not have')
          return { plan: undefined, unit: undefined }
        })
        for (const cell of plan?.cells ?? []) {
          const proposals = await templatic.propose({ ...unit!(cell), ask: nobody })
          expect(proposals).toHaveLength(plan!.targets![cell]!)
          expect(new Set(texts(proposals)).size).toBe(proposals.length)
          const parts = parseTemplate(templates[Number(cell.split(' ')[1]) - 1]!)
          for (const { fields, spans = [] } of proposals) {
            filled++
            let rest = fields!['text'] as string
            let at = 0
            const drawn = new Map<string, string[]>()
            const standing = spans.values()
            for (const part of parts) {
              if (typeof part === 'string') {
                expect(rest.startsWith(part)).toBe(true)
                at += part.length
                rest = rest.slice(part.length)
                continue
              }
              const { start, end, label } = standing.next().value!
              expect([start, label]).toEqual([at, part.slot])
              const words = rest.slice(0, end - start)
              expect(part.slot === 'PER' ? PER : LOC).toContain(words)
              const key = `${part.slot}#${part.mention ?? `own ${at}`}`
              drawn.set(key, [...(drawn.get(key) ?? []), words])
              rest = rest.slice(words.length)
              at = end
            }
            expect([rest, standing.next().done]).toEqual(['', true])
            for (const same of drawn.values()) expect(new Set(same).size).toBe(1)
            for (const name of ['PER', 'LOC']) {
              const own = [...drawn].filter(([key]) => key.startsWith(name)).map(([, [words]]) => words)
              expect(new Set(own).size).toBe(own.length)
            }
          }
        }
      }),
      { numRuns: 200 },
    )
    expect(filled).toBeGreaterThan(500)
  })

  it('leave no blank where there was none, and lose none', async () => {
    const { proposals } = await made({
      templates: ["{ORG}'s {ORG#1}/{ORG#1} ,{LOC}{LOC}."],
      values: { ORG: values(4, 'O'), LOC: values(4, 'L') },
      results: 5,
    })
    for (const text of texts(proposals)) expect(text).toMatch(/^O \d's O (\d)\/O \1 ,L \dL \d\.$/)
  })

  it('are none where a slot is plain, or the project is not about entities', async () => {
    const given = {
      templates: ['{PER} comes on {DAY}'],
      values: { PER: ['Ada', 'Bo'], DAY: ['Monday', 'Friday'] },
      results: 4,
    }
    const labelsOf = async (more: object, project?: Project) =>
      new Set(
        (await made({ ...given, ...more }, [], project)).proposals.map(({ spans = [] }) =>
          spans.map(({ label }) => label).join(),
        ),
      )
    expect(await labelsOf({})).toEqual(new Set(['PER,DAY']))
    expect(await labelsOf({ plain: ['DAY'] })).toEqual(new Set(['PER']))
    expect(await labelsOf({}, { ...entities, labels: ['PER'] })).toEqual(new Set(['PER']))
    expect(await labelsOf({}, classes)).toEqual(new Set(['']))
  })
})

describe('what it says beforehand', () => {
  it('is templates × (1 + extra) × results, and how much of it is possible', async () => {
    const given = {
      templates: ['{A} of many', 'of {B} few', '{B} and {B}'],
      values: { A: values(60), B: ['x', 'y', 'z'] },
      results: 20,
      extra: 2,
    }
    const { plan } = await planned(given)
    expect(plan.targets).toEqual({ 'template 1': 60, 'template 2': 9, 'template 3': 18 })
    expect(plan.perUnit).toBe(60)
    expect(plan.notes.slice(0, 3)).toEqual([
      '180 records expected: 3 templates × (1 + 2 extra) × 20 results. 87 records possible.',
      'template 2: 60 expected, 9 possible: its values give no other text that is new.',
      'template 3: 60 expected, 18 possible: its values give no other text that is new.',
    ])
  })

  it('leaves out what the project has already, of whatever split', async () => {
    const records = [storedRecord({ text: 'to x', split: 'test' }), storedRecord({ text: 'to y', tags: ['augmented'] })]
    const { plan, proposals } = await made({ templates: ['to {B}'], values: { B: ['x', 'y', 'z'] } }, records)
    expect(plan.targets).toEqual({ 'template 1': 1 })
    expect(texts(proposals)).toEqual(['to z'])
    const all = [...records, storedRecord({ text: 'to z' })]
    await expect(planned({ templates: ['to {B}'], values: { B: ['x', 'y', 'z'] } }, all)).rejects.toThrow(
      'gives a text that the project does not have',
    )
  })

  it('names a placeholder that has no values, the nearest that has some, and what to give', async () => {
    const records = [marked('[PERSON Ada] reads')]
    await expect(planned({ templates: ['{PERSON} in {PRESON}'] }, records)).rejects.toMatchObject({
      message: expect.stringContaining('“template 1” has the placeholder {PRESON}'),
      hint: 'Did you mean {PERSON}? Otherwise give some: values: { PRESON: [one, another] }.',
    })
    await expect(planned({ templates: ['{CITY}'] }, records)).rejects.toMatchObject({
      hint: expect.stringContaining('There are values for {PERSON}.'),
    })
  })

  it('refuses templates that cannot be read, have no slot, or are there twice, each at its place', () => {
    const issues = (templates: unknown) =>
      templatic.params.safeParse({ templates }).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
    expect(issues(['{A', '{B} {B', { text: '{A#1}' }])).toEqual([
      expect.stringMatching(/^templates\.0 "\{" at character 1 is never closed/),
      expect.stringMatching(/^templates\.1 "\{" at character 5/),
      expect.stringMatching(/^templates\.2\.text "A#1" is used once/),
    ])
    expect(issues(['none', '{A}', '{A}'])).toEqual([
      'templates.0 it has no slot: write {TYPE} where a value is to stand',
      'templates.2 it is the same as template 2: leave one of them out',
    ])
    expect(issues([])).toHaveLength(1)
  })
})

describe('values', () => {
  const records = [
    marked('[LOC Rome] is old', { outcome: 'kept' }),
    marked('[LOC Oslo] is cold, [LOC Oslo]!'),
    marked('[LOC Lima ] is near'),
    marked('[LOC Bern] is held out', { split: 'validation' }),
    marked('[LOC BONN] shouts', { tags: ['augmented'] }),
    marked('[LOC Nice\nCity] is broken'),
  ]
  const used = async (given: object) =>
    (await made({ templates: ['off to {LOC}'], ...given }, records)).proposals.map(({ fields, spans, seeds }) => {
      const { start, end } = spans![0]!
      return [(fields!['text'] as string).slice(start, end), ...seeds!]
    })

  it('are those of training records, real ones first, each with the record it comes from', async () => {
    expect((await used({ results: 10 })).toSorted()).toEqual([
      ['Lima', 'Lima  is near'],
      ['Oslo', 'Oslo is cold, Oslo!'],
      ['Rome', 'Rome is old'],
    ])
    expect((await used({ results: 2 })).map(([words]) => words).toSorted()).toEqual(['Lima', 'Oslo'])
  })

  it('are those of a list instead, or with it', async () => {
    expect(await used({ values: { LOC: ['Kyiv', 7] } })).toEqual(expect.arrayContaining([['Kyiv'], ['7']]))
    expect((await used({ values: { LOC: ['Kyiv', 7] } })).length).toBe(2)
    expect((await used({ values: { LOC: ['Kyiv', 7] }, mergeValues: true })).length).toBe(5)
  })

  it('come into templates by the name that a type has without its blanks', async () => {
    const spaced = [storedRecord({ text: 'Ada', spans: [{ field: 'text', start: 0, end: 3, label: 'FIRST NAME' }] })]
    const { proposals } = await made({ templates: ['Hello {FIRST_NAME}'] }, spaced)
    expect(proposals).toMatchObject([{ fields: { text: 'Hello Ada' }, spans: [{ label: 'FIRST NAME' }] }])
  })
})

describe('units', () => {
  it('after the first bring what comes next, and nothing again', async () => {
    const { plan, unit } = await planned({ templates: ['{A} and {A}'], values: { A: values(9) }, results: 10 })
    const units = [0, 1, 2, 5, 7, 8].map(ordinal => templatic.propose({ ...unit(plan.cells[0], ordinal), ask: nobody }))
    const lists = (await Promise.all(units)).map(texts)
    expect(lists.map(list => list.length)).toEqual([10, 10, 10, 10, 2, 0])
    expect(new Set(lists.flat()).size).toBe(42)
  })
})
