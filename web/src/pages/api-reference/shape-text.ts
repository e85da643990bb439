/** A JSON Schema as a person reads it: `{ name: text, labels?: text[] }`. */

interface Schema {
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
  required?: string[]
  description?: string
  $ref?: string
}

const words: Record<string, string> = { string: 'text', integer: 'whole number', boolean: 'true | false', null: 'null' }

export function shapeText(given: unknown, indent = ''): string {
  const schema = (given ?? {}) as Schema
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map(value => JSON.stringify(value)).join(' | ')
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives) return alternatives.map(one => shapeText(one, indent)).join(' | ')
  if (schema.allOf) return schema.allOf.map(one => shapeText(one, indent)).join(' & ')
  if (schema.$ref) return schema.$ref.split('/').at(-1)!
  if (schema.type === 'array') return listText(shapeText(schema.items, indent))
  if (schema.properties) return membersText(schema, indent)
  if (schema.additionalProperties) return `{ [name]: ${shapeText(schema.additionalProperties, indent)} }`
  const types = [schema.type ?? 'anything'].flat()
  return types.map(type => words[type] ?? type).join(' | ')
}

function listText(item: string): string {
  return /[|&]/.test(item) && !item.startsWith('{') ? `(${item})[]` : `${item}[]`
}

function membersText({ properties = {}, required = [] }: Schema, indent: string): string {
  const deeper = `${indent}  `
  const lines = Object.entries(properties).map(([name, member]) => {
    const note = member.description === undefined ? '' : `  // ${member.description}`
    return `${deeper}${name}${required.includes(name) ? '' : '?'}: ${shapeText(member, deeper)}${note}`
  })
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`
}
