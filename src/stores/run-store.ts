/** The run store over SQL: three groups of transactions, one port. */
import type { RunStore } from '../engine/ports.ts'
import type { Database } from './database.ts'
import { runLedger } from './run-ledger.ts'
import { runLifecycle } from './run-lifecycle.ts'
import { runSelection } from './run-selection.ts'

export function runStore(database: Database): RunStore {
  return { ...runLifecycle(database), ...runLedger(database), ...runSelection(database) }
}
