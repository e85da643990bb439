/** Where each word list comes from, and what all of them keep. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { derivedLists } from '../../../scripts/word-lists.ts'
import sources from './sources.json' with { type: 'json' }

const licences = [
  ...['Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC-BY-4.0', 'CC0-1.0', 'ISC', 'MIT', 'PDDL-1.0', 'Unicode-3.0'],
  ...['LicenseRef-SCOWL', 'Public domain (work of the United States Government)'],
]
const source = z.strictObject({
  what: z.string().min(10),
  /** Package and version, or who published it, or that it was written for this project. */
  source: z.string().min(10),
  /** SPDX, where it has one. */
  licence: z.string().refine(licence => licence.split(' AND ').every(part => licences.includes(part))),
  /** What its licence asks to go with it, in this folder. */
  notice: z.array(z.string()).optional(),
  citation: z.string().optional(),
  /** What made it and can make it again. */
  script: z.string().optional(),
  /** `replacements`: a word or phrase and what may stand for it; `groups`: words that may stand for each other. */
  form: z.enum(['replacements', 'groups']).optional(),
})
const named = Object.entries(sources).map(([file, about]) => ({ file, ...source.parse(about) }))
const folder = import.meta.dirname

function textOf(file: string): string {
  return readFileSync(join(folder, file), 'utf8')
}

function read<T>(file: string, shape: z.ZodType<T>): T {
  return shape.parse(JSON.parse(textOf(file)))
}

it('names every list of the folder, and nothing that is not there', () => {
  const files = readdirSync(folder).filter(file => file.endsWith('.json') && file !== 'sources.json')
  expect(named.map(({ file }) => file).sort()).toEqual(files.sort())
})

it('has every notice that a list names, and names every notice that is there', () => {
  const notices = readdirSync(folder).filter(file => file.startsWith('NOTICE'))
  expect([...new Set(named.flatMap(({ notice = [] }) => notice))].sort()).toEqual(notices.sort())
})

it('cites a source for what says something of ethnicity or religion', () => {
  const sensitive = /ethnic|relig|\brac(e|ial)|white|black|hispanic|asian|indian|christian|muslim|hindu|jew|buddh|sikh/i
  const uncited = named.filter(({ file, what, citation }) => sensitive.test(`${file} ${what}`) && !citation)
  expect(uncited).toEqual([])
})

it('has the derived lists just as their script makes them', () => {
  const derived = derivedLists()
  const byScript = named.filter(({ script }) => script === 'scripts/word-lists.ts').map(({ file }) => file)
  expect(Object.keys(derived).sort()).toEqual(byScript.sort())
  for (const file of byScript) expect(textOf(file) === derived[file], `${file}: node scripts/word-lists.ts`).toBe(true)
  for (const { script } of named)
    expect(script === undefined || existsSync(join(folder, '../../..', script))).toBe(true)
})

it.each(named)('$file is below 300 kB, and has no text with blanks around it', ({ file }) => {
  expect(Buffer.byteLength(textOf(file))).toBeLessThan(300_000)
  const untrimmed: string[] = []
  JSON.parse(textOf(file), (key, value) => {
    untrimmed.push(...[key, value].filter(text => typeof text === 'string' && text !== text.trim()))
    return value
  })
  expect(untrimmed).toEqual([])
})

it.each(named.filter(({ form }) => form === 'replacements'))(
  '$file has keys in small letters, in order, and none among its own replacements',
  ({ file }) => {
    const entries = Object.entries(read(file, z.record(z.string(), z.union([z.string(), z.array(z.string())]))))
    const keys = entries.map(([key]) => key)
    expect(keys).toEqual([...new Set(keys)].sort())
    expect(keys.filter(key => key !== key.toLowerCase() || key === '')).toEqual([])
    const wrong = entries.filter(([key, values]) => {
      const all = [values].flat()
      return all.some(value => value === '' || value.toLowerCase() === key) || new Set(all).size < all.length
    })
    expect(wrong).toEqual([])
  },
)

it.each(named.filter(({ form }) => form === 'groups'))(
  '$file has groups of two words and more, each once, in small letters',
  ({ file }) => {
    const groups = read(file, z.array(z.array(z.string().min(1)).min(2)))
    expect(groups.filter(group => new Set(group).size < group.length)).toEqual([])
    expect(groups.flat().filter(word => word !== word.toLowerCase())).toEqual([])
    expect(new Set(groups.map(group => group.toSorted().join())).size).toBe(groups.length)
  },
)
