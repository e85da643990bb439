/** Reading and writing tables as files and in databases. */
export { listTables } from './list-tables.ts'
export { openTableStream } from './open-table-stream.ts'
export type { ReadTableOptions, TableFormat } from './read-options.ts'
export { type ReadWholeOptions, readTable } from './read-table.ts'
export { shownAddress } from './shown-address.ts'
export type { MixedBlock, MixedTables, TableHead, WriteTablesOptions } from './table-writer.ts'
export { tableFileName, writeMixedTables, writeTables } from './write-tables.ts'
