/** How several tables hang together: which columns name a row, and which name a row of another table. */

export interface ForeignKey {
  columns: string[]
  /** The table that is referred to, and its columns in the same order. */
  table: string
  references: string[]
}

export interface TableKeys {
  table: string
  /** Empty where rows have no key. */
  primaryKey: string[]
  foreignKeys: ForeignKey[]
}
