/** Fields of a candidate as a prompt shows them. */
import type { Content } from '../model/record.ts'
import { quotedData } from '../text/quoted-data.ts'

/** A lone text as a JSON string, anything else as a JSON object, on one line: what it says can be told from what the prompt says. */
export function quotedFields(fields: Content['fields']): string {
  const values = Object.values(fields)
  const [only] = values
  if (values.length === 1 && typeof only === 'string') return quotedData(only)
  const members = Object.entries(fields).map(([name, value]) => {
    const written = typeof value === 'string' ? quotedData(value) : JSON.stringify(value).replaceAll('</', '<\\/')
    return `${quotedData(name)}: ${written}`
  })
  return `{${members.join(', ')}}`
}
