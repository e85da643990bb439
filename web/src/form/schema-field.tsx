/** One member of a form: the control that its shape takes. */
import type { ComponentType } from 'react'
import { ChoiceControl } from './controls/choice-control.tsx'
import { FixedControl } from './controls/fixed-control.tsx'
import { JsonControl } from './controls/json-control.tsx'
import { ListControl } from './controls/list-control.tsx'
import { MappingControl } from './controls/mapping-control.tsx'
import { NumberControl } from './controls/number-control.tsx'
import { ObjectControl } from './controls/object-control.tsx'
import { ScalarControl } from './controls/scalar-control.tsx'
import { TextControl } from './controls/text-control.tsx'
import { TextsControl } from './controls/texts-control.tsx'
import { TruthControl } from './controls/truth-control.tsx'
import { WordControl } from './controls/word-control.tsx'
import { WordsControl } from './controls/words-control.tsx'
import type { FieldProps, MemberProps } from './field.ts'
import { fits, type Json, resolved, type Schema, type Shape, shapeOf } from './json-schema.ts'

const controls: Record<Shape, ComponentType<FieldProps>> = {
  text: TextControl,
  number: NumberControl,
  truth: TruthControl,
  word: WordControl,
  words: WordsControl,
  scalar: ScalarControl,
  texts: TextsControl,
  list: ListControl,
  object: ObjectControl,
  mapping: MappingControl,
  choice: ChoiceControl,
  fixed: FixedControl,
  unknown: JsonControl,
}

/** A value that its shape’s control could not show is shown as JSON, so that it is neither hidden nor lost. */
export function SchemaField(props: MemberProps) {
  const schema = resolved(props.schema, props.root)
  const shape = shapeOf(schema, props.root)
  const Control = props.value === undefined || canShow(shape, schema, props.value) ? controls[shape] : JsonControl
  return <Control {...props} schema={schema} Field={SchemaField} />
}

function canShow(shape: Shape, schema: Schema, value: Json): boolean {
  switch (shape) {
    case 'text':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number'
    case 'truth':
      return typeof value === 'boolean'
    case 'scalar':
      return typeof value !== 'object'
    case 'words':
    case 'texts':
      return Array.isArray(value) && value.every(item => typeof item === 'string')
    case 'list':
      return Array.isArray(value)
    case 'object':
    case 'mapping':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'fixed':
      return fits(schema, value, schema)
    default:
      return true
  }
}
