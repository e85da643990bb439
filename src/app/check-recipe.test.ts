/** A recipe as text and as value: nothing is lost between the two, and problems stand where they are. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { checkRecipe } from './check-recipe.ts'
import { builtIns } from './plugins.ts'

const plugins = builtIns()

const written = `# For the winter campaign
project: support
generator: prompt # our own
params:
  prompt: |
    Complaints about parcels.
    Short ones.
  labels: [late, lost]
target: 20
`

describe('a recipe changed in a form', () => {
  it('keeps the comments, the order and the style of the text it came from', () => {
    const { recipe } = checkRecipe(plugins, { yaml: written })
    const { yaml, problems } = checkRecipe(plugins, {
      recipe: { ...recipe, target: 30, params: { ...(recipe?.['params'] as object), temperature: 0.2 } },
      yaml: written,
    })
    expect(problems).toEqual([])
    expect(yaml).toBe(
      written.replace('target: 20', 'target: 30').replace('[late, lost]', '[late, lost]\n  temperature: 0.2'),
    )
  })

  it('loses no member, known or not, whatever was written', () => {
    const value = fc.jsonValue({ maxDepth: 3 })
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), value), value, (members, params) => {
        const recipe = JSON.parse(
          JSON.stringify({ ...members, project: 'support', generator: 'prompt', params: { held: params } }),
        )
        const alone = checkRecipe(plugins, { recipe })
        expect({ seed: 0, ...parse(alone.yaml) }).toEqual({ seed: 0, ...recipe })
        expect(parse(checkRecipe(plugins, { recipe, yaml: written }).yaml)).toEqual(recipe)
      }),
      { numRuns: 60 },
    )
  })
})

it('says each problem with its path, its line and its column, and gives what was written all the same', () => {
  const { recipe, problems } = checkRecipe(plugins, {
    yaml: 'project: support\ngenerator: prompt\nparams:\n  prompt: Texts\n  temprature: 1\n',
  })
  expect(problems).toEqual([
    {
      path: ['params', 'temprature'],
      line: 5,
      column: 3,
      message: expect.stringContaining('did you mean “temperature”'),
    },
  ])
  expect(recipe).toMatchObject({ params: { temprature: 1 } })
})

it('says where text is no YAML, and that no recipe is in it', () => {
  expect(checkRecipe(plugins, { yaml: 'project: a\n\tgenerator: b\n' })).toMatchObject({
    recipe: null,
    problems: [{ path: [], line: 2 }],
  })
  expect(checkRecipe(plugins, { yaml: '[]' })).toMatchObject({ recipe: null, problems: [{ path: [] }] })
})
