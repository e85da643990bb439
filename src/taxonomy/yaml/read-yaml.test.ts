/** YAML 1.1 as PyYAML reads it: which texts are taken, and as what. */
import { expect, it } from 'vitest'
import type { YamlNode } from './node.ts'
import { readYaml } from './read-yaml.ts'
import { YamlFault } from './yaml-fault.ts'

/** Texts as they are, everything else as its type and value. */
function plain(node: YamlNode): unknown {
  if (node.kind === 'sequence') return node.items.map(plain)
  if (node.kind === 'mapping') {
    return Object.fromEntries([...node.entries.values()].map(({ key, value }) => [String(plain(key)), plain(value)]))
  }
  if (node.type === 'string') return node.text
  return node.type === 'null' ? null : `${node.type} ${node.value}`
}

const read = (text: string) => {
  const { root } = readYaml(text)
  return root ? plain(root) : undefined
}

it.each<[text: string, value: unknown]>([
  ['yes', 'boolean true'],
  ['Off', 'boolean false'],
  ['y', 'y'],
  ['"yes"', 'yes'],
  ['! "yes"', 'boolean true'],
  ['!!str yes', 'yes'],
  ['010', 'integer 8'],
  ['0o10', '0o10'],
  ['08', '08'],
  ['0x1F', 'integer 1f'],
  ['0b101', 'integer 5'],
  ['1_000', 'integer 3e8'],
  ['-12', 'integer -c'],
  ['1:30', 'integer 5a'],
  ['190:20:30.15', 'float 685230.15'],
  ['1e3', '1e3'],
  ['1.0e+3', 'float 3e8'],
  ['.5', 'float 0.5'],
  ['-.5', '-.5'],
  ['-.inf', 'float -Infinity'],
  ['.NaN', 'float NaN'],
  ['~', null],
  ['nULL', 'nULL'],
  ['2024-02-29', 'date 2024-02-29'],
  ['2024-2-9', '2024-2-9'],
  ['2024-2-9 7:05:00 -3', 'date 2024-2-9 7:05:00 -3'],
  ['!!binary aGk=', 'bytes aGk'],
  ['=: a', { '=': 'a' }],
])('reads the scalar %j as %j', (text, value) => expect(read(text)).toEqual(value))

it.each<[what: string, text: string, value: unknown]>([
  ['text over lines', 'a: b\n  c\n\n  d\n', { a: 'b c\nd' }],
  ['text kept', 'a: |\n  b\n\n   c\n\nd: e', { a: 'b\n\n c\n', d: 'e' }],
  ['text folded', 'a: >-\n  b\n  c\n\n  d\n   e\n  f\n', { a: 'b c\nd\n e\nf' }],
  ['text kept with all its ends', 'a: |+\n  b\n\n\n', { a: 'b\n\n\n' }],
  ['text of a stated indentation', 'a: |1\n  b\n', { a: ' b\n' }],
  ['text in single quotes', "'it''s\n\n  so'", "it's\nso"],
  ['text in double quotes', '"\\x41\\u00e9\\U0001F426\\n\\\n   b\\ \\t"', 'Aé🐦\nb \t'],
  ['a list in the column of its key', 'a:\n- b\n- - c\n  - d\ne: f\n', { a: ['b', ['c', 'd']], e: 'f' }],
  ['brackets', '{a: [b, {c: d}, e: f,], "g":h, i}', { a: ['b', { c: 'd' }, { e: 'f' }], g: 'h', i: null }],
  ['keys with question marks', '? a\n: b\n? c\n', { a: 'b', c: null }],
  ['keys that come twice', 'a: b\na: c\n', { a: 'c' }],
  ['numbers that are one key', '1: a\n1.0: b\ntrue: c\n', { 'boolean true': 'c' }],
  ['aliases', 'a: &x [b]\nc: *x\n', { a: ['b'], c: ['b'] }],
  [
    'merges',
    'a: &a {x: 1x, y: 1y}\nb: &b {y: 2y}\nc:\n  <<: [*b, *a]\n  z: 3z\n',
    {
      ...{ a: { x: '1x', y: '1y' }, b: { y: '2y' }, c: { x: '1x', y: '2y', z: '3z' } },
    },
  ],
  ['comments', '# a\nb: c # d\n#e\nf: g#h\n', { b: 'c', f: 'g#h' }],
  ['directives', '%YAML 1.2\n%TAG !s! tag:yaml.org,2002:\n---\n!s!str 5\n...\n', '5'],
  ['nothing', '# nothing\n', undefined],
  ['an empty document', '---\n', null],
  ['a byte-order mark', '\ufeffa: b', { a: 'b' }],
])('reads %s', (_, text, value) => expect(read(text)).toEqual(value))

it.each<[what: string, text: string, place: string]>([
  ['a tab for indentation', 'a:\n\tb: c\n', '2:1'],
  ['text beside a bar', 'a: |text\n', '1:5'],
  ['a sign that no text begins with', 'a: @b\n', '1:4'],
  ['a colon within a text', 'a: b: c\n', '1:5'],
  ['a key without a colon', 'a: b\nc\nd: e\n', '2:1'],
  ['a key that is too long', `a: b\n${'k'.repeat(1025)}: c\n`, '2:1'],
  ['a quotation mark that stays open', 'a: b\nc: "d\ne: f\n', '2:4'],
  ['quotes over a separator', 'a: "b\n---\nc"\n', '1:4'],
  ['an unknown escape', 'a: "C:\\d"\n', '1:7'],
  ['an escape beyond all characters', 'a: "\\U00110000"\n', '1:5'],
  ['text after quotes', 'a: "b" c\n', '1:8'],
  ['an item out of column', 'a:\n  - b\n - c\n', '3:2'],
  ['a key out of column', 'a: b\n c: d\n', '2:3'],
  ['a bracket that stays open', 'a: [b, c\nd: e\n', '1:4'],
  ['a bracket too many', 'a: b\n]\n', '2:1'],
  ['an alias of nothing', 'a: *b\n', '1:4'],
  ['emphasis taken for an alias', 'a: *b* c\n', '1:4'],
  ['an anchor that comes twice', 'a: &x b\nc: &x d\n', '2:4'],
  ['an unknown tag', 'a: !b c\n', '1:4'],
  ['an undeclared tag', 'a: !b!c d\n', '1:4'],
  ['a tag that does not fit', 'a: !!int b\n', '1:4'],
  ['a day that is none', 'a: 2023-02-29\n', '1:4'],
  ['a number without digits', 'a: 0x_\n', '1:4'],
  ['an equals sign alone', 'a: =\n', '1:4'],
  ['brackets for a key', '[a]: b\n', '1:1'],
  ['a merge of a text', 'a:\n  <<: b\n', '2:7'],
  ['a second document', 'a: b\n---\nc: d\n', '2:1'],
  ['text after the end', 'a: b\n...\nc: d\n', '3:1'],
  ['an unknown YAML', '%YAML 2.0\n---\na: b\n', '1:1'],
])('refuses %s where it is', (_, text, place) => {
  let fault: unknown
  try {
    readYaml(text)
  } catch (error) {
    fault = error
  }
  expect(fault).toBeInstanceOf(YamlFault)
  const { mark, repair } = fault as YamlFault
  expect(`${mark.line + 1}:${mark.column + 1}`).toBe(place)
  expect(repair).toMatch(/[.”"]$/)
})

it('gives equal values one identity, and different ones different ones', () => {
  const { root } = readYaml(
    '[{a: 1, b: [x]}, {b: ["x"], a: 1.0}, {a: true, b: [x]}, {a: 1, b: [x, x]}, {a: 1}, [a, 1]]',
  )
  const ids = root?.kind === 'sequence' ? root.items.map(({ identity }) => identity) : []
  expect(ids[0]).toBe(ids[1])
  expect(new Set(ids).size).toBe(5)
})
