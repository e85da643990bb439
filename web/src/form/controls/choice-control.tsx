/** One of several shapes: which one it is, then that one’s control. What another shape held comes back when it is chosen again. */
import { SegmentedControl, Select, Stack } from '@mantine/core'
import { useRef, useState } from 'react'
import type { FieldProps } from '../field.ts'
import { Framed } from '../framed.tsx'
import { alternativesOf, emptyOf, fits, type Json, type Schema } from '../json-schema.ts'
import { convert, shapeName } from '../shapes.ts'

/** More than these do not fit beside each other. */
const mostBeside = 3

export function ChoiceControl(props: FieldProps) {
  const { Field, schema, root, label, value, onChange } = props
  const alternatives = alternativesOf(schema, root)
  const [wanted, setWanted] = useState<number>()
  const left = useRef(new Map<number, Json | undefined>())
  const at = chosen(alternatives, value ?? schema.default, root, wanted)
  const usual = schema.default
  const alternative =
    usual !== undefined && fits(alternatives[at]!, usual, root)
      ? { ...alternatives[at]!, default: usual }
      : alternatives[at]!
  const data = alternatives.map((each, place) => ({ value: String(place), label: shapeName(each, root, alternatives) }))
  const choose = (next: string | null) => {
    const place = Number(next)
    if (next === null || place === at) return
    left.current.set(at, value)
    setWanted(place)
    const to = alternatives[place]!
    const kept = left.current.get(place)
    onChange(kept ?? (value === undefined ? undefined : convert(value, to, root)) ?? emptyOf(to, root))
  }
  const name = `Kind of ${label}`
  return (
    <Framed {...props} plain>
      <Stack gap={6}>
        {data.length <= mostBeside ? (
          <SegmentedControl
            size="xs"
            aria-label={name}
            data={data}
            value={String(at)}
            onChange={choose}
            style={{ alignSelf: 'flex-start', maxWidth: '100%' }}
          />
        ) : (
          <Select aria-label={name} data={data} value={String(at)} allowDeselect={false} onChange={choose} maw={320} />
        )}
        <Field {...props} key={at} schema={alternative} showsLabel={false} />
      </Stack>
    </Framed>
  )
}

/** The wanted one where the value allows it, else the first that the value fits, else the first of its kind. */
function chosen(alternatives: Schema[], value: Json | undefined, root: Schema, wanted: number | undefined): number {
  const fitting = (place: number) => value === undefined || fits(alternatives[place]!, value, root)
  if (wanted !== undefined && alternatives[wanted] && fitting(wanted)) return wanted
  const found = alternatives.findIndex((_, place) => fitting(place))
  if (found >= 0) return found
  const kind = (one: Json | undefined) => (Array.isArray(one) ? 'array' : one === null ? 'null' : typeof one)
  const similar = alternatives.findIndex(({ type }) => [type].flat().includes(kind(value)))
  return similar >= 0 ? similar : (wanted ?? 0)
}
