/** The drawn tree. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { displayWidth } from '../../text/display-width.ts'
import type { TaxonomyTree, TreeLeaf } from './taxonomy-tree.ts'
import { treeText } from './tree-text.ts'

function tree(leaves: TreeLeaf[]): TaxonomyTree {
  return { folder: '/somewhere/mine', leaves, totals: [], warnings: [], notRead: { foundational: [], misnamed: [] } }
}

function leaf(path: string, more: Partial<TreeLeaf> = {}): TreeLeaf {
  return { path, kind: 'freeform', seeds: 5, pairs: 5, problems: [], ...more }
}

/** Paths of the leaves, as the guides say. */
function pathsIn(text: string): string[] {
  const open: string[] = []
  return text.split('\n').flatMap(line => {
    const [, guide, name, kind] = /^((?:│ {3}| {4})*(?:[├└]── )?)([a-z/]+)(?: +(free-form).*)?$/.exec(line) ?? []
    if (guide === undefined) return []
    open.splice(guide.length / 4, Infinity, name!)
    return kind ? [open.join('/')] : []
  })
}

it('draws each leaf once, where it belongs, whatever the folders', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 2 })
  const path = fc.array(name, { minLength: 1, maxLength: 5 }).map(names => names.join('/'))
  fc.assert(
    fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 12 }), paths => {
      expect(pathsIn(treeText(tree(paths.sort().map(each => leaf(each))))).sort()).toEqual(paths)
    }),
  )
})

it('joins folders that hold nothing but one folder, but not a leaf that holds others', () => {
  const drawn = treeText(tree(['k/a/b', 'k/a/b/c/d', 'k/x/y'].map(path => leaf(path)))).split('\n')
  expect(drawn.slice(2, 6)).toEqual([
    'k',
    '├── a/b      free-form   5 seeds',
    '│   └── c/d  free-form   5 seeds',
    '└── x/y      free-form   5 seeds',
  ])
})

it('keeps to the width and lets no control character through', () => {
  const message = `\u001b[31mred\u0007 ${'long words '.repeat(40)}`
  const problem = { rule: 'x', severity: 'error', line: 3, column: 1, message, repair: '', from: 'schema' } as const
  const document = {
    repo: 'https://x.org/a/b\u001b[2J',
    commit: 'ma\rin',
    patterns: ['a'],
    fetched: false,
    moving: true,
  }
  const text = treeText(tree([leaf('knowledge/a', { kind: 'knowledge', document, problems: [problem] })]), 60)
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f]/)
  for (const line of text.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(60)
  expect(text).toContain('1 error; line 3: red long words')
})
