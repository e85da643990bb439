/** Some of a generator’s parameters as a plain form, for panels that make the others by hand. */
import { useEndpoint } from '../../api/use-endpoint.ts'
import { isMapping } from '../../form/json-schema.ts'
import { SchemaForm } from '../../form/schema-form.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import type { PanelProps } from './panels.ts'

interface ParamsFormProps extends Pick<PanelProps, 'params' | 'onChange' | 'problems'> {
  kind: string
  /** Shown at once, in this order. */
  first: readonly string[]
  /** Made by hand elsewhere. */
  except?: readonly string[]
  /** Whether the others are there too, behind “More settings”; else they are left to another form. */
  others?: boolean
  names?: Readonly<Record<string, string>>
}

export function ParamsForm({
  kind,
  first,
  except = [],
  others = false,
  names = {},
  params,
  onChange,
  problems,
}: ParamsFormProps) {
  const generators = useEndpoint('listGenerators', {})
  return (
    <Loaded of={generators}>
      {all => {
        const schema = all.find(generator => generator.kind === kind)?.params ?? {}
        const known = Object.keys(isMapping(schema['properties']) ? schema['properties'] : {})
        const hidden = [...new Set([...known, ...Object.keys(params)])].filter(
          name => except.includes(name) || (!others && !first.includes(name)),
        )
        return (
          <SchemaForm
            schema={schema}
            value={params}
            onChange={onChange}
            problems={problems.filter(({ path }) => !hidden.includes(path.split('.')[0]!))}
            hidden={hidden}
            first={first}
            names={names}
          />
        )
      }}
    </Loaded>
  )
}
