/** What the address of a generator’s page may say. */

export interface GeneratorSearch {
  /** The run whose records are shown. */
  run?: string
  /** A document of the project to begin with. */
  document?: string
  /** Parameters to begin with, in place of the draft. */
  params?: Record<string, unknown>
  /** Records to multiply, by id, with commas between them. */
  records?: string
  /** A label to multiply. */
  label?: string
  /** A trial whose failed tests are augmented by. */
  trial?: string
}

export function generatorSearch(search: Record<string, unknown>): GeneratorSearch {
  const { run, document, params, records, label, trial } = search
  return {
    ...(run !== undefined && { run: String(run) }),
    ...(document !== undefined && { document: String(document) }),
    ...(records !== undefined && { records: String(records) }),
    ...(label !== undefined && { label: String(label) }),
    ...(trial !== undefined && { trial: String(trial) }),
    ...(typeof params === 'object' && params !== null && { params: params as Record<string, unknown> }),
  }
}
