/** What the command line says is the recipe that is run and saved. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineCritic, defineGenerator } from '../engine/define.ts'
import { type RecipeInput, recipe } from '../model/recipe.ts'
import { readRecipe } from './recipe-file.ts'
import { recipeFromLine, recipeText } from './recipe-line.ts'

const grow = defineGenerator({
  kind: 'grow',
  summary: 'Grows',
  params: z.object({
    label: z.string(),
    similar: z.int().default(8),
    values: z.array(z.string()).optional(),
    also: z.union([z.string(), z.array(z.string())]).optional(),
    match: z.boolean().default(false),
  }),
  plan: () => ({ cells: ['all'], material: null, perUnit: 1, notes: [] }),
  propose: () => [],
})
const strict = defineCritic({
  kind: 'strict',
  summary: 'Judges',
  phase: 'pure',
  params: z.object({ scale: z.int().default(3) }),
  open: () => ({ judge: () => ({ critic: 'strict', pass: true }) }),
})
const plugins = { generators: [grow], critics: [strict] }
const line = { project: 'p', generator: 'grow' }

describe('a recipe on the line', () => {
  it('takes values as YAML writes them', () => {
    const read = recipeFromLine(
      {
        ...line,
        params: ['label=a: b = c', 'similar=3', 'values=[x, "y, z"]', 'match=true'],
        critics: ['strict', '{ kind: strict, scale: 5 }'],
        target: ['a b=20', 'c=3'],
        budget: ['usd=2.5', 'calls=9'],
        seed: 4,
      },
      plugins,
    )
    expect(read).toMatchObject({
      params: { label: 'a: b = c', similar: 3, values: ['x', 'y, z'], match: true },
      critics: [{ kind: 'strict' }, { kind: 'strict', scale: 5 }],
      target: { 'a b': 20, c: 3 },
      budget: { usd: 2.5, calls: 9 },
      seed: 4,
    })
  })

  it.each(['7', 'true', 'null', '~', '1e3', '0x10', '2024-01-01', '', '@me', '*x', 'yes: no', 'a #1', '- b'])(
    'takes %j as the text it is where a text is due',
    text => {
      expect(recipeFromLine({ ...line, params: [`label=${text}`, `also=${text}`] }, plugins).params).toEqual({
        label: text,
        also: text,
      })
    },
  )

  it.each([
    [['50'], 50],
    [['to=500'], { to: 500 }],
    [['{ a: { to: 5 } }'], { a: { to: 5 } }],
    [['shift=night, line=a=20', 'b={ to: 5 }'], { 'shift=night, line=a': 20, b: { to: 5 } }],
  ])('takes the target %j', (target, expected) => {
    expect(recipeFromLine({ ...line, params: ['label=a'], target }, plugins).target).toEqual(expected)
  })

  it.each([
    [{ params: ['label'] }, '--param label: no “=”'],
    [{ params: ['label=a', 'label=b'] }, '--param label: given twice'],
    [{ params: ['label=a', 'similar=x'] }, '--param similar: params.similar is "x" (expected a number)'],
    [{ params: ['label=a', 'simliar=1'] }, 'did you mean “similar”?'],
    [{ params: ['label=[a'] }, '--param [a: '],
    [{ params: ['label=a', 'values=[*x]'] }, '--param [*x]: the aliases'],
    [{ params: ['label=a'], target: ['many'] }, '--target: target is "many"'],
    [{ params: ['label=a'], budget: ['eur=1'] }, '--budget eur: unknown member'],
    [{ generator: 'gorw' }, 'the generator: generator is "gorw"'],
    [{}, '--param label: params.label is missing'],
  ])('says which option is wrong: %j', (options, message) => {
    expect(() => recipeFromLine({ ...line, ...options }, plugins)).toThrow(message)
  })
})

describe('a recipe written down', () => {
  const count = fc.oneof(fc.integer({ min: 1, max: 1e6 }), fc.record({ to: fc.integer({ min: 1, max: 1e6 }) }))
  const text = fc.string({ unit: 'grapheme' }).filter(string => !/\p{Surrogate}|[\0-\x08]/u.test(string))
  const recipes: fc.Arbitrary<RecipeInput> = fc.record(
    {
      project: fc.constant('p'),
      generator: fc.constant('grow'),
      params: fc.record({ label: text, similar: fc.nat() }),
      teacher: text,
      critics: fc.array(fc.record({ kind: fc.constant('strict'), scale: fc.nat(), enabled: fc.boolean() })),
      target: fc.oneof(
        count,
        fc.dictionary(text, count, { minKeys: 1 }).filter(cells => !('to' in cells)),
      ),
      budget: fc.record(
        { usd: fc.double({ min: 0, max: 100, noNaN: true, noDefaultInfinity: true }), calls: fc.nat() },
        { requiredKeys: [] },
      ),
      seed: fc.nat(),
      tags: fc.array(text),
      rounds: fc.record(
        { size: fc.integer({ min: 1, max: 4096 }), stall: fc.integer({ min: 1, max: 9 }) },
        { requiredKeys: [] },
      ),
      limits: fc.record({ attempts: fc.integer({ min: 1, max: 20 }) }, { requiredKeys: [] }),
    },
    { requiredKeys: ['project', 'generator', 'params'] },
  )

  it('reads back as the same recipe', () => {
    fc.assert(
      fc.property(recipes, written => {
        const whole = recipe.parse(written)
        expect(readRecipe(recipeText(whole, 'recipe.schema.json'), 'r.yaml', plugins)).toEqual(whole)
      }),
    )
  })

  it('says no more than is needed', () => {
    const saved = recipeText(recipeFromLine({ ...line, params: ['label=a'], critics: ['strict'] }, plugins))
    expect(saved).toBe('project: p\ngenerator: grow\nparams:\n  label: a\ncritics:\n  - kind: strict\nseed: 0\n')
  })
})
