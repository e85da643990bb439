/** The members of an object: those its schema names, then those it does not and that are kept all the same. */
import { Box, Button, Collapse, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { below, type FormProblem, type MemberProps, nameInWords } from './field.ts'
import styles from './form.module.css'
import type { Json, Schema } from './json-schema.ts'
import { isWide } from './shapes.ts'

interface ObjectMembersProps {
  Field: ComponentType<MemberProps>
  schema: Schema
  root: Schema
  value: { [name: string]: Json }
  onChange: (value: { [name: string]: Json }) => void
  path: string
  problems: readonly FormProblem[]
  /** Members that are kept and not shown. */
  hidden?: readonly string[] | undefined
  /** Members shown at once, in this order; the others are behind “More settings”. Default: all. */
  first?: readonly string[] | undefined
  /** What members are called, where their names in words would not do. */
  names?: Readonly<Record<string, string>> | undefined
}

export function ObjectMembers(props: ObjectMembersProps) {
  const { schema, value, hidden = [], first, path, problems } = props
  const [open, { toggle }] = useDisclosure(false)
  const known = Object.keys(schema.properties ?? {})
  const shown = [...known, ...Object.keys(value).filter(name => !known.includes(name))].filter(
    name => !hidden.includes(name),
  )
  const primary = first ? first.filter(name => shown.includes(name)) : shown
  const others = shown.filter(name => !primary.includes(name))
  // What is at fault must be seen.
  const faulty = others.some(name =>
    problems.some(problem => problem.path === below(path, name) || problem.path.startsWith(`${below(path, name)}.`)),
  )
  const isOpen = open || faulty
  const set = others.filter(name => name in value).length
  return (
    <Stack gap="md">
      {primary.length > 0 && <Members {...props} shown={primary} />}
      {others.length > 0 && (
        <Box>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            aria-expanded={isOpen}
            leftSection={isOpen ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
            onClick={toggle}
          >
            More settings{set > 0 ? ` (${set} set)` : ''}
          </Button>
          <Collapse expanded={isOpen} keepMounted={false}>
            <Box pt="sm">
              <Members {...props} shown={others} />
            </Box>
          </Collapse>
        </Box>
      )}
    </Stack>
  )
}

function Members(props: ObjectMembersProps & { shown: string[] }) {
  const { Field, schema, root, value, onChange, path, problems, names, shown } = props
  const change = (name: string, next: Json | undefined) => {
    const { [name]: _, ...rest } = value
    // A member that is changed stays where it stood.
    if (next === undefined) onChange(rest)
    else onChange(name in value ? { ...value, [name]: next } : { ...rest, [name]: next })
  }
  return (
    <div className={styles.members}>
      {shown.map(name => {
        const member = memberSchema(schema, name)
        return (
          <div key={name} className={isWide(member, root) ? styles.wide : undefined}>
            <Field
              schema={member}
              root={root}
              label={names?.[name] ?? nameInWords(name)}
              showsLabel
              value={value[name]}
              onChange={next => change(name, next)}
              path={below(path, name)}
              problems={problems}
              required={schema.required?.includes(name) ?? false}
            />
          </div>
        )
      })}
    </div>
  )
}

function memberSchema({ properties = {}, additionalProperties }: Schema, name: string): Schema {
  if (Object.hasOwn(properties, name)) return properties[name]!
  return typeof additionalProperties === 'object' ? additionalProperties : {}
}
