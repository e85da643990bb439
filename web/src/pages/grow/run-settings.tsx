/** The members of a recipe that every generator has: budget, seed, tags, rounds, limits. */
import { useEndpoint } from '../../api/use-endpoint.ts'
import type { FormProblem } from '../../form/field.ts'
import { isMapping, type Schema } from '../../form/json-schema.ts'
import { SchemaForm } from '../../form/schema-form.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import type { Written } from './draft.ts'

interface RunSettingsProps {
  kind: string
  recipe: Written
  problems: FormProblem[]
  onChange: (recipe: Written) => void
}

/** Set elsewhere on the page. */
const elsewhere = ['project', 'generator', 'params', 'teacher', 'critic', 'critics', 'target']

export function RunSettings({ kind, recipe, problems, onChange }: RunSettingsProps) {
  const schema = useEndpoint('showRecipeSchema', {})
  const shown = problems.filter(({ path }) => !elsewhere.includes(path.split('.')[0]!))
  return (
    <Loaded of={schema}>
      {whole => (
        <SchemaForm
          schema={ofGenerator(whole as Schema, kind)}
          value={recipe}
          onChange={onChange}
          problems={shown}
          hidden={elsewhere}
          first={['budget', 'seed', 'tags']}
        />
      )}
    </Loaded>
  )
}

/** The alternative of the recipe’s schema that is this generator’s. */
function ofGenerator(whole: Schema, kind: string): Schema {
  const alternatives = whole.oneOf ?? whole.anyOf ?? [whole]
  const own = alternatives.find(each => isMapping(each.properties) && each.properties['generator']?.const === kind)
  return { ...(own ?? alternatives[0]), ...(whole.$defs && { $defs: whole.$defs }) }
}
