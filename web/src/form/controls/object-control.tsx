/** An object in an object. */
import type { FieldProps } from '../field.ts'
import { Framed } from '../framed.tsx'
import { isMapping } from '../json-schema.ts'
import { ObjectMembers } from '../object-members.tsx'

export function ObjectControl(props: FieldProps) {
  const { Field, schema, root, value, onChange, path, problems, required } = props
  return (
    <Framed {...props}>
      <ObjectMembers
        Field={Field}
        schema={schema}
        root={root}
        value={isMapping(value) ? value : {}}
        onChange={next => onChange(!required && Object.keys(next).length === 0 ? undefined : next)}
        path={path}
        problems={problems}
      />
    </Framed>
  )
}
