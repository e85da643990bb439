/** The control of one parameter, as its schema asks for: a slider with a box, a switch, a choice. */
import { NumberInput, Select, Slider, Switch, Text, TextInput } from '@mantine/core'
import { useId } from 'react'
import { nameInWords } from '../form/field.ts'
import type { Json, Schema } from '../form/json-schema.ts'
import { type ParameterRange, positionOf, rangeOf, sliderSteps, valueAt } from './parameter-range.ts'
import styles from './simulation.module.css'

interface ParameterControlProps {
  name: string
  schema: Schema
  /** The usual one where nothing was chosen. */
  value: Json | undefined
  onChange: (value: Json) => void
}

export function ParameterControl({ name, schema, value, onChange }: ParameterControlProps) {
  const label = nameInWords(name)
  const { description } = schema
  if (schema.type === 'boolean')
    return (
      <Switch
        label={label}
        description={description}
        checked={value === true}
        onChange={event => onChange(event.currentTarget.checked)}
      />
    )
  if (schema.enum)
    return (
      <Select
        {...{ label, description }}
        size="sm"
        data={schema.enum.map(String)}
        value={String(value)}
        allowDeselect={false}
        onChange={chosen => chosen !== null && onChange(schema.enum!.find(each => String(each) === chosen)!)}
      />
    )
  if (schema.type === 'number' || schema.type === 'integer')
    return <NumberParameter {...{ label, schema, onChange }} value={typeof value === 'number' ? value : undefined} />
  return (
    <TextInput
      {...{ label, description }}
      value={typeof value === 'string' ? value : ''}
      onChange={event => onChange(event.currentTarget.value)}
    />
  )
}

interface NumberParameterProps {
  label: string
  schema: Schema
  value: number | undefined
  onChange: (value: number) => void
}

function NumberParameter({ label, schema, value, onChange }: NumberParameterProps) {
  const id = useId()
  const range = rangeOf(schema)
  const outside =
    range && value !== undefined && (value < range.least || value > range.most)
      ? `From ${range.least.toLocaleString('en')} to ${range.most.toLocaleString('en')}`
      : undefined
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be named by a text that stands like the other labels
    <div role="group" aria-labelledby={id}>
      <Text id={id} size="sm" fw={600}>
        {label}
      </Text>
      {schema.description && (
        <Text size="xs" c="dimmed">
          {schema.description}
        </Text>
      )}
      <div className={styles.parameter}>
        {range ? <ParameterSlider {...{ label, range, onChange }} value={value ?? range.usual} /> : <span />}
        <NumberInput
          aria-label={label}
          size="xs"
          value={value ?? ''}
          error={outside}
          hideControls
          allowDecimal={schema.type !== 'integer'}
          thousandSeparator=","
          onChange={next => typeof next === 'number' && onChange(next)}
        />
      </div>
    </div>
  )
}

interface ParameterSliderProps {
  label: string
  range: ParameterRange
  value: number
  onChange: (value: number) => void
}

function ParameterSlider({ label, range, value, onChange }: ParameterSliderProps) {
  const short = range.whole && range.most - range.least <= 100
  return (
    <Slider
      size="sm"
      thumbLabel={`${label}, slider`}
      label={position => (short ? position : valueAt(position, range)).toLocaleString('en')}
      {...(short
        ? { min: range.least, max: range.most, value, onChange }
        : {
            min: 0,
            max: sliderSteps,
            step: 1,
            value: positionOf(value, range),
            onChange: (position: number) => onChange(valueAt(position, range)),
          })}
      thumbProps={{ 'aria-valuetext': value.toLocaleString('en') }}
    />
  )
}
