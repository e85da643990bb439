/** Reading and writing tables as files and in databases. */
export { type ListedTable, listTables } from './list-tables.ts'
export { type OpenTable, openTableStream } from './open-table-stream.ts'
export type { ReadTableOptions, TableFormat } from './read-options.ts'
export { type ReadWholeOptions, readTable } from './read-table.ts'
export type { TableSource } from './table-blocks.ts'
export type { WriteTablesOptions } from './table-writer.ts'
export { type WrittenTable, writeTables } from './write-tables.ts'
