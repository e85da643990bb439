/** What is learned of several tables that hang together by keys: plain JSON, parents before children. */
import type { FittedTable } from '../synthesize/fitted-table.ts'
import type { ColumnHeader } from '../table.ts'
import type { ForeignKey } from '../table-keys.ts'
import type { CoarseCoder } from './coarse-codes.ts'

export interface FittedRelated {
  tables: FittedMember[]
}

export interface FittedMember {
  name: string
  /** Rows it was learned from. */
  rows: number
  /** As the original has them, keys included. */
  columns: ColumnHeader[]
  /** Columns of the key that are numbered, not drawn. */
  numbered: NumberedKey[]
  /** Columns that name a row: none is given twice. */
  primaryKey: string[]
  /** The parent whose rows bring its rows forth. */
  main?: MainParent
  /** Its other foreign keys, in the order they are filled. */
  references: Reference[]
  /** Its own columns, those of its parents that condition them, and what its rows say of their children; absent where there are none. */
  fitted?: FittedTable
  /** Columns that repeat a parent’s. */
  copied: CopiedColumn[]
  /** Columns of its parent that condition it, by the name they have in `fitted`: first in `fitted`, never of this table. */
  given: GivenColumn[]
}

export interface CopiedColumn {
  column: string
  /** The column of the row that is referred to. */
  from: string
  /** The columns of the foreign key that refers to it. */
  by: string[]
}

export interface GivenColumn {
  name: string
  /** The column of the parent’s drawn rows. */
  from: string
}

interface MainParent {
  key: ForeignKey
  /** The column of the parent’s drawn rows that says how many children each has. */
  count: string
  /** Share of rows without a parent. */
  orphans: number
  /** How many parents have how many children: `[children, parents]`, ascending. Which of them have so many, `count` says. */
  sizes?: [number, number][]
}

export interface Reference {
  key: ForeignKey
  /** Share of rows that refer to nothing. */
  nulls: number
  /** Refers to its own table, or closes a circle of tables: filled once all tables are made. */
  isLate: boolean
  /** Rows of the same table: nobody may be their own ancestor. */
  isSelf: boolean
  how:
    | {
        /** Few rows, each known by its place: the column of drawn rows that says which. */
        kind: 'place'
        column: string
        places: number
        /** How many rows refer to each. */
        counts?: number[]
      }
    | {
        /** Many rows: each has so many children as `count` of its drawn rows says, and children like their kind. */
        kind: 'quota'
        count: string
        /** As `MainParent.sizes`. */
        sizes?: [number, number][]
        /** What kind of parent a row wants (a drawn column of its own), told by a column of the parent. */
        kindOf?: { column: string; from: string; coder: CoarseCoder }
      }
}

export interface NumberedKey {
  column: string
  /** How its values are written: numbers from `first`, or texts with a number of so many digits. */
  first: number
  text?: { before: string; digits: number }
  /** Counted anew for the children of each parent. */
  isWithinParent: boolean
}
