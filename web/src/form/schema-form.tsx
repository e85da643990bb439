/** A form made from a JSON Schema: a control for each member, with its description and its problems. */
import { Alert, List, Stack } from '@mantine/core'
import type { FormProblem } from './field.ts'
import { isMapping, type Json, resolved, type Schema } from './json-schema.ts'
import { ObjectMembers } from './object-members.tsx'
import { SchemaField } from './schema-field.tsx'

interface SchemaFormProps {
  /** Of an object. */
  schema: unknown
  value: Record<string, unknown>
  /** Members that are not shown, and those the schema does not know, are in it as they were. */
  onChange: (value: Record<string, unknown>) => void
  /** With paths from the value’s root. */
  problems?: readonly FormProblem[] | undefined
  hidden?: readonly string[]
  /** Members shown at once, in this order; the others are behind “More settings”. Default: all. */
  first?: readonly string[]
  /** What members are called, where their names in words would not do. */
  names?: Readonly<Record<string, string>>
}

export function SchemaForm({ schema, value, onChange, problems = [], hidden = [], first, names }: SchemaFormProps) {
  const root = isMapping(schema) ? (schema as Schema) : {}
  const object = resolved(root, root)
  const placed = (path: string) => {
    const [name = ''] = path.split('.')
    return !hidden.includes(name) && (name in (object.properties ?? {}) || name in value)
  }
  const homeless = problems.filter(({ path }) => !placed(path))
  return (
    <Stack gap="md">
      {homeless.length > 0 && (
        <Alert color="red" role="alert">
          <List size="sm">
            {homeless.map(({ path, message }) => (
              <List.Item key={`${path} ${message}`}>{message}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <ObjectMembers
        Field={SchemaField}
        schema={object}
        root={root}
        value={value as Record<string, Json>}
        onChange={onChange}
        path=""
        problems={problems}
        hidden={hidden}
        first={first}
        names={names}
      />
    </Stack>
  )
}
