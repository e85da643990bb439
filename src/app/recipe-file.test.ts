/** Recipes are read with every problem at its place, and nothing hostile gets through. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { z } from 'zod'
import { defineCritic, defineGenerator } from '../engine/define.ts'
import { CultivarError } from '../model/error.ts'
import { builtIns } from './plugins.ts'
import { readRecipe, readRecipeFile } from './recipe-file.ts'

const { generators, critics } = builtIns()

const grow = defineGenerator({
  kind: 'grow',
  summary: 'Grows',
  params: z
    .object({
      label: z.string(),
      similar: z.int().min(0).max(100).default(8),
      style: z.enum(['short', 'long']).optional(),
      values: z
        .array(z.union([z.string(), z.strictObject({ value: z.string(), weight: z.number().positive() })]))
        .default([]),
    })
    .superRefine(({ similar, label }, context) => {
      if (label === 'lonely' && similar > 0)
        context.addIssue({ code: 'custom', path: ['similar'], message: 'a lonely label has none' })
    }),
  plan: () => ({ cells: ['all'], material: null, perUnit: 1, notes: [] }),
  propose: () => [],
})
const free = defineGenerator({
  kind: 'free',
  summary: 'Free',
  params: z.object({}),
  plan: () => ({ cells: ['all'], material: null, perUnit: 1, notes: [] }),
  propose: () => [],
})
const strict = defineCritic({
  kind: 'strict',
  summary: 'Judges',
  phase: 'model',
  params: z
    .strictObject({ scale: z.int().min(2).max(10).default(3), keep: z.int().optional() })
    .refine(({ scale, keep = 1 }) => keep <= scale, {
      message: 'keep must not exceed scale',
      path: ['keep'],
    }),
  open: () => ({ judge: async () => ({ critic: 'strict', pass: true }) }),
})
const length = defineCritic({
  kind: 'length',
  summary: 'Measures',
  phase: 'pure',
  params: z.object({}),
  open: () => ({ judge: () => ({ critic: 'length', pass: true }) }),
})
const plugins = { generators: [grow, free], critics: [strict, length] }

const read = (text: string) => readRecipe(text, 'r.yaml', plugins)

function problems(text: string): string[] {
  try {
    read(text)
  } catch (error) {
    expect(error).toBeInstanceOf(CultivarError)
    expect(error).toMatchObject({ code: 'bad-recipe' })
    return (error as CultivarError).message.split('\n')
  }
  return []
}

const good = 'project: p\ngenerator: grow\nparams:\n  label: a\n'

describe('a good recipe', () => {
  it('is read with the defaults of its envelope and its parameters as written', () => {
    expect(read(`${good}critics:\n  - { kind: strict, keep: 2 }\ntarget: { a: { to: 5 } }\n`)).toMatchObject({
      project: 'p',
      params: { label: 'a' },
      critics: [{ kind: 'strict', keep: 2, enabled: true }],
      target: { a: { to: 5 } },
      seed: 0,
      rounds: { stall: 3 },
    })
  })

  it('may be JSON, indented by tabs, with escaped surrogate pairs', () => {
    const json = '{\n\t"project": "p",\n\t"generator": "grow",\n\t"params": {"label": "\\ud83d\\ude00"}\n}'
    expect(read(json).params).toEqual({ label: '😀' })
  })

  it('means the same in YAML and in JSON, whatever its texts are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(100), fc.array(fc.string()), (label, similar, tags) => {
        fc.pre(!/\p{Surrogate}|[\0-\x08]/u.test(label + tags.join('')) && label !== 'lonely')
        const written = { project: 'p', generator: 'grow', params: { label, similar }, tags }
        expect(read(stringify(written))).toEqual(read(JSON.stringify(written)))
      }),
    )
  })

  it('may leave out params where nothing is required', () => {
    expect(read('project: p\ngenerator: free').params).toEqual({})
  })
})

describe('a problem is told with its place, what was expected and the nearest name', () => {
  it.each([
    [
      'unknown member',
      'project: p\ngenerator: grow\nparams:\n  lable: a\n',
      [
        'r.yaml:4:3: params.label is missing (expected a text)',
        'r.yaml:4:3: unknown member “lable” in params (expected one of label, similar, style, values; did you mean “label”?)',
      ],
    ],
    [
      'unknown member at the top',
      `${good}targets: 3\n`,
      [
        'r.yaml:5:1: unknown member “targets” (expected one of project, generator, params, teacher, critic, critics, target, budget, seed, tags, rounds, limits; did you mean “target”?)',
      ],
    ],
    ['wrong type', `${good}  similar: many\n`, ['r.yaml:5:12: params.similar is "many" (expected a number)']],
    ['out of range', `${good}  similar: 900\n`, ['r.yaml:5:12: params.similar is 900 (expected at most 100)']],
    ['fraction', `${good}  similar: 1.5\n`, ['r.yaml:5:12: params.similar is 1.5 (expected a whole number)']],
    [
      'enum',
      `${good}  style: shrt\n`,
      ['r.yaml:5:10: params.style is "shrt" (expected one of short, long; did you mean “short”?)'],
    ],
    [
      'text that reads as a number',
      'project: p\ngenerator: grow\nparams: { label: 7 }',
      ['r.yaml:3:18: params.label is 7 (expected a text; put it in quotes: "7")'],
    ],
    [
      'empty value',
      'project: p\ngenerator: grow\nparams:\n  label:\n',
      ['r.yaml:4:9: params.label is empty (expected a text)'],
    ],
    [
      'unknown generator, with all else',
      'project: 3\ngenerator: gorw\n',
      [
        'r.yaml:1:10: project is 3 (expected a text; put it in quotes: "3")',
        'r.yaml:2:12: generator is "gorw" (expected one of grow, free; did you mean “grow”?)',
      ],
    ],
    ['no generator', 'project: p\n', ['r.yaml:1:1: generator is missing (expected one of grow, free)']],
    [
      'unknown critic',
      `${good}critics: [{ kind: length }, { kind: strct }]\n`,
      ['r.yaml:5:37: critics[1].kind is "strct" (expected one of strict, length; did you mean “strict”?)'],
    ],
    [
      'member of a critic',
      `${good}critics:\n  - kind: strict\n    scale: 1\n`,
      ['r.yaml:7:12: critics[0].scale is 1 (expected at least 2)'],
    ],
    [
      'provider of a critic that asks no model',
      `${good}critics: [{ kind: length, provider: x }]\n`,
      ['r.yaml:5:27: unknown member “provider” in critics[0] (expected one of kind, enabled)'],
    ],
    [
      'a rule over several members',
      'project: p\ngenerator: grow\nparams: { label: lonely, similar: 3 }',
      ['r.yaml:3:35: params.similar: a lonely label has none'],
    ],
    [
      'a rule of a critic',
      `${good}critics: [{ kind: strict, keep: 4 }]\n`,
      ['r.yaml:5:33: critics[0].keep: keep must not exceed scale'],
    ],
    [
      'one alternative of a union',
      `${good}  values: [x, { value: y, weight: -1 }]\n`,
      ['r.yaml:5:35: params.values[1].weight is -1 (expected more than 0)'],
    ],
    [
      'no alternative of a union',
      `${good}  values: [3]\n`,
      ['r.yaml:5:12: params.values[0] is 3 (expected a text, or a mapping; put it in quotes: "3")'],
    ],
    ['target', `${good}target: { a: -5 }\n`, ['r.yaml:5:14: target.a is -5 (expected more than 0)']],
    ['a list where a recipe is due', '- a\n- b\n', ['r.yaml:1:1: the recipe is a list (expected a mapping)']],
  ])('%s', (_, text, expected) => expect(problems(text)).toEqual(expected))

  it('lists every problem, but not endlessly', () => {
    const many = Array.from({ length: 40 }, (_, i) => `x${i}: 1`).join('\n')
    expect(problems(`${good}${many}\n`)).toHaveLength(13)
    expect(problems(`${good}${many}\n`).at(-1)).toBe('… and 28 more')
  })
})

describe('a file that is no recipe is refused', () => {
  it.each([
    ['empty', '', 'r.yaml:1:1: the file is empty'],
    ['comments only', '# nothing\n', 'r.yaml:1:1: the file is empty'],
    ['binary', 'PK\u0003\u0004\0', 'r.yaml:1:1: this is not a text file'],
    ['duplicate keys', `${good}project: q\n`, 'r.yaml:5:1: this member stands here twice'],
    ['tabs', 'project: p\nparams:\n\tlabel: a\n', 'r.yaml:3:1: a tab is used to indent'],
    ['a colon within a text', 'project: p\nparams:\n  label: a: b\n', 'r.yaml:3:10: a second “: ” on one line'],
    ['unclosed bracket', 'project: [p\n', 'r.yaml:2:1: '],
    ['two documents', `${good}---\n${good}`, 'r.yaml:5:1: a second document'],
    ['an unknown tag', 'project: !secret p\n', 'r.yaml:1:10: '],
    ['endless nesting', `params: ${'['.repeat(50_000)}`, 'r.yaml:1:'],
    ['an alias of itself', `${good}tags: &a [*a]\n`, 'r.yaml:1:1: the aliases'],
    ['an alias of nothing', `${good}tags: [*a]\n`, 'r.yaml:'],
  ])('%s', (_, text, beginning) => expect(problems(text)[0]).toContain(beginning))

  it('an alias bomb', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join()}]`),
    ]
    expect(problems(bomb.join('\n'))[0]).toContain('the aliases')
  })

  it('whatever the text is, the answer is a recipe or a list of problems', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(good.length), (junk, place) => {
        problems(good.slice(0, place) + junk + good.slice(place))
      }),
      { numRuns: 300 },
    )
  })
})

it('reads UTF-16 with a byte-order mark, and says what a path that is no recipe is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-recipe-'))
  try {
    const path = join(folder, 'r.yaml')
    writeFileSync(path, `\ufeff${good}`, 'utf16le')
    expect((await readRecipeFile(path, plugins)).project).toBe('p')
    writeFileSync(path, Buffer.from([0x70, 0xff, 0xff, 0x3a]))
    await expect(readRecipeFile(path, plugins)).rejects.toThrow('not a text file')
    await expect(readRecipeFile(folder, plugins)).rejects.toMatchObject({ code: 'bad-file' })
    await expect(readRecipeFile('gorw', plugins)).rejects.toThrow('did you mean the generator “grow”?')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

const examples = join(import.meta.dirname, '..', '..', 'examples')
const files = existsSync(examples)
  ? readdirSync(examples, { encoding: 'utf8' }).filter(file => file.endsWith('.yaml'))
  : []
it.each(files)('reads examples/%s', file => {
  const read = readRecipe(readFileSync(join(examples, file), 'utf8'), file, { generators, critics })
  expect(read.generator).not.toBe('')
})
