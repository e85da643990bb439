/** The laws of a run store: every implementation must pass each of them, on a store of its own. */
import { decisionLaws } from './decision-laws.ts'
import { leaseLaws } from './lease-laws.ts'
import { ledgerLaws } from './ledger-laws.ts'
import { selectionLaws } from './selection-laws.ts'
import type { StoreLaw } from './store-law.ts'

export type { StoreLaw, StoreUnderTest } from './store-law.ts'

export const storeLaws: readonly StoreLaw[] = [...leaseLaws, ...ledgerLaws, ...selectionLaws, ...decisionLaws]
