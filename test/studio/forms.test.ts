/** The studio’s forms against the generators and critics there are. */
import { expect, it } from 'vitest'
import { listCritics, listGenerators } from '../../src/app/list-plugins.ts'
import { builtIns } from '../../src/app/plugins.ts'
import { resolved, type Schema, shapeOf } from '../../web/src/form/json-schema.ts'

it('knows a control for every parameter of the generators and critics there are, but for free JSON', () => {
  const plugins = builtIns()
  const unknown = [...listGenerators(plugins), ...listCritics(plugins)].flatMap(({ kind, params }) => {
    const root = params as Schema
    return Object.entries(root.properties ?? {})
      .filter(([, member]) => shapeOf(resolved(member, root), root) === 'unknown')
      .map(([name]) => `${kind}.${name}`)
  })
  expect(unknown).toEqual([])
})
