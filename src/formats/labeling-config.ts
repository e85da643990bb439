/** The labelling configuration that Label Studio and Generative AI Lab want with their tasks. */
import type { WriteOptions } from './format.ts'

/** Names of the controls for a field: `from_name` of spans and labels, `to_name` of the text. */
export function namesOf(
  field: string,
  { controls = {} }: WriteOptions,
): { spans: string; labels: string; text: string } {
  const { spans = 'label', labels = 'choice', text = 'text' } = controls
  const isText = field === 'text'
  return { spans: isText ? spans : `${spans}-${field}`, labels, text: isText ? text : field }
}

/** XML that names each control and what it may say; controls for what no record has are left out. */
export function labelingConfig(options: WriteOptions): string {
  const { labels = [], entities = [], several = false, spanFields = [] } = options.survey ?? {}
  const fields = [...new Set(['text', ...spanFields])]
  const views = fields.flatMap(field => {
    const names = namesOf(field, options)
    const marks = entities.length > 0 && (spanFields.includes(field) || field === 'text')
    return [
      ...(marks ? list('Labels', 'Label', entities, { name: names.spans, toName: names.text }) : []),
      `  ${tag('Text', { name: names.text, value: `$${field}` })}`,
      ...(field === 'text' && labels.length > 0
        ? list('Choices', 'Choice', labels, {
            ...{ name: names.labels, toName: names.text, choice: several ? 'multiple' : 'single' },
          })
        : []),
    ]
  })
  return `${['<View>', ...views, '</View>'].join('\n')}\n`
}

function list(name: string, item: string, values: string[], attributes: Record<string, string>): string[] {
  return [
    `  ${tag(name, attributes).replace('/>', '>')}`,
    ...values.map(value => `    ${tag(item, { value })}`),
    `  </${name}>`,
  ]
}

function tag(name: string, attributes: Record<string, string>): string {
  const written = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}="${escaped(value)}"`)
  return `<${name}${written.join('')}/>`
}

/** Line breaks are kept as references: a parser makes blanks of those in attributes. Control characters, which XML has not, become U+FFFD. */
function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text
    .replace(/[&<>"]/g, character => entities[character]!)
    .replace(/[\t\n\r]/g, character => `&#${character.charCodeAt(0)};`)
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
}
