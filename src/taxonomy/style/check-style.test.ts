/** Style: what is found, where, and what is not. */
import { expect, it } from 'vitest'
import { readYaml } from '../yaml/read-yaml.ts'
import { checkStyle } from './check-style.ts'

/** Line and rule of each finding. */
function found(text: string): string[] {
  const styled = { ...readYaml(text), text }
  return checkStyle(styled).map(({ rule, offset }) => `${text.slice(0, offset).split('\n').length} ${rule}`)
}

it.each<[what: string, text: string, findings: string[]]>([
  ['one space inside braces', 'a: { b: c }\n', []],
  ['two spaces inside braces', 'a: {  b: c  }\n', ['1 braces', '1 braces']],
  ['two spaces in empty braces', 'a: {  }\n', ['1 braces']],
  ['two spaces inside brackets', 'a: [  b ]\n', ['1 brackets']],
  ['brackets over lines', 'a: [\n  b\n]\n', []],
  ['a space before a colon', 'a : b\n', ['1 colons']],
  ['two spaces after a colon', 'a:  b\n', ['1 colons']],
  ['two spaces before a bar', 'a:  |\n  b\n', ['1 colons']],
  ['a value on the next line', 'a:\n  b: c\n', []],
  ['an alias for a key', 'a: &x y\n*x : z\n', []],
  ['two spaces after a question mark', '?  a\n: b\n', ['1 colons']],
  ['colons within texts', 'a: "b  :  c"\n', []],
  ['a comma without a space', 'a: [b,c]\n', ['1 commas']],
  ['a comma with two', 'a: [b,  c]\n', ['1 commas']],
  ['a comma after a space', 'a: [b , c]\n', ['1 commas']],
  ['a comma at the start of a line', 'a: [b\n  , c]\n', ['2 commas', '2 indentation']],
  ['a comma at the end of one', 'a: [b,\n    c]\n', []],
  ['two spaces after a hyphen', 'a:\n  -  b\n', ['2 hyphens']],
  ['a key that comes twice', 'a: b\nc:\n  a: d\na: e\n', ['4 key-duplicates']],
  ['the same in braces and in quotes', '{a: b, "a": c}\n', ['1 key-duplicates']],
  ['bare items that come twice', '{a, a}\n', []],
  ['two merges', 'a: &a {x: y}\nb: &b {z: y}\nc:\n  <<: *a\n  <<: *b\n', []],
  [
    'spaces at the end of a line',
    'a: b \nc: |\n  d\t\n  \n',
    ['1 trailing-spaces', '3 trailing-spaces', '4 trailing-spaces'],
  ],
  ['two empty lines', 'a: b\n\n\nc: d\n', []],
  ['three empty lines', 'a: |\n  b\n\n\n\n  c\n', ['5 empty-lines']],
  ['an empty line at the start', '\na: b\n', ['1 empty-lines']],
  ['an empty line at the end', 'a: b\n\n', ['2 empty-lines']],
  ['no line end at the end', 'a: b', ['1 new-line-at-end-of-file']],
  ['spaces alone in the last line', 'a: b\n  ', ['2 trailing-spaces', '2 new-line-at-end-of-file']],
])('finds in %s what there is', (_, text, findings) => expect(found(text)).toEqual(findings))

it.each<[what: string, text: string, findings: string[]]>([
  ['two spaces a level', 'a:\n  b:\n    - c\n    - d:\n        e\n', []],
  ['four spaces a level', 'a:\n    b:\n        - c\n', []],
  ['levels that differ', 'a:\n  b:\n     c: d\n     e: f\n', ['3 indentation']],
  ['lists that are not indented', 'a:\n- b\nc:\n- d\n', []],
  ['lists of either kind', 'a:\n- b\nc:\n  - d\n  - e\n', ['4 indentation']],
  ['lists of either kind, indented first', 'a:\n  - b\nc:\n- d\n- e\n', ['4 indentation']],
  ['lists in lists', 'a:\n  - b:\n      - c\n    d: e\n  - - f\n    - g\n', []],
  ['an item below its hyphen', '-\n  a: b\n-\n   c: d\n', ['4 indentation']],
  ['a document that is indented', '  a: b\n  c: d\n', ['1 indentation']],
  ['texts, whose lines are free', 'a:\n  b: c\n     d\n  e: |\n        f\n  g: "h\ni"\n', []],
  ['a text on a line of its own', 'a:\n  b: c\nd:\n    e\n', ['4 indentation']],
  ['an anchor before the line', 'a: &x\n  b: c\nd: !!map\n   e: f\n', ['4 indentation']],
  ['brackets below their key', 'a:\n  b: [\n    c,\n    d\n  ]\n', []],
  ['brackets that close elsewhere', 'a:\n  b: [\n    c\n    ]\n', ['4 indentation']],
  ['brackets that begin in a line', 'a: [b,\n    c,\n   d]\n', ['3 indentation']],
  ['braces with values below', 'a: {\n  b:\n    c,\n  d: e\n}\n', []],
  ['a question mark with its key below', '?\n  a\n: b\n', []],
  ['a key after a block of text', 'a:\n  b: |\n    c\n\n  d: e\n', []],
  ['wide characters before brackets', '"🐦": [a,\n      b]\n', []],
])('looks at the indentation of %s', (_, text, findings) => expect(found(text)).toEqual(findings))

it.each<[what: string, text: string, findings: string[]]>([
  ['a line', 'a : b # yamllint disable-line\nc : d\n', ['2 colons']],
  ['a rule of a line', 'a : b  # yamllint disable-line rule:commas\n', ['1 colons']],
  ['the line below', '# yamllint disable-line rule:colons\na : b\nc : d\n', ['3 colons']],
  [
    'a rule, for a while',
    '# yamllint disable rule:colons\na : [b,c]\n# yamllint enable\nc : d\n',
    ['2 commas', '4 colons'],
  ],
  ['everything', 'a : b\n# yamllint disable\nc : d\ne : f', ['1 colons']],
  ['the file', '# yamllint disable-file\na : b', []],
  ['nothing, further down', 'a : b\n# yamllint disable-file\n', ['1 colons']],
])('lets comments turn off %s', (_, text, findings) => expect(found(text)).toEqual(findings))

it('stops at a thousand', () => {
  const findings = found(`a: |\n${'  b \n'.repeat(5000)}`)
  expect(findings).toHaveLength(1000)
})
