/** Examples: labelled texts as models learn from them and are tested with them. */

/** An entity in a text. Offsets count UTF-16 code units, `end` exclusive. */
export interface Entity {
  start: number
  end: number
  label: string
}

/** One labelled text. For classification `labels` count, for entities `entities`. */
export interface Example {
  /** The record it comes from. */
  id: string
  text: string
  labels: string[]
  /** In order of place. */
  entities: Entity[]
}

/** What a model of texts does: names the labels of a text, or finds the entities in it. */
export type Task = 'classification' | 'entities'
