/** The tables as types, column for column as the migrations make them. */
import type { Generated } from 'kysely'

export interface ProjectTable {
  name: string
  settings: string
  next_position: number
  decisions: Generated<number>
  created_ms: number
}

interface ProviderTable {
  name: string
  settings: string
  secret: string | null
  created_ms: number
}

interface AssignmentTable {
  provider: string
  project: string
}

export interface RunTable {
  id: string
  project: string
  identity: string
  snapshot: string
  targets: string
  budget: string
  state: string
  reason: string
  hint: string
  cursor: number
  spent_calls: number
  spent_tokens: number
  spent_nano_usd: number
  reserved_calls: number
  reserved_tokens: number
  reserved_nano_usd: number
  created_ms: number
  updated_ms: number
}

interface LeaseTable {
  project: string
  run: string
  fence: number
  holder: string
  expires_ms: number
}

export interface RoundTable {
  run: string
  number: number
  first_unit: number
  units: number
  known: number
  feedback: string
  tallies: string
  selected: number
}

export interface UnitTable {
  run: string
  ordinal: number
  round: number
  cell: string
  cell_ordinal: number
  asks: number
  state: string
  candidates: Uint8Array | null
  calls: string
  code: string | null
  message: string | null
}

export interface RecordTable {
  id: string
  project: string
  position: number | null
  outcome: string
  status: string
  split: string
  cell: string
  label: string | null
  content: string
  tags: string
  verdicts: string
  run: string | null
  unit: number | null
  item: number | null
  origin: string | null
  seeds: string | null
  steps: string | null
  source: string | null
  created_ms: number
}

export interface DecisionTable {
  project: string
  sequence: number
  record: string
  kind: string
  before: string
  after: string
  who: string
  created_ms: number
  undone: number | null
}

export interface DocumentTable {
  project: string
  id: string
  sequence: number
  name: string
  title: string
  format: string
  source: string
  bytes: number
  pages: number
  characters: number
  content: Uint8Array
  created_ms: number
}

interface CallTable {
  key: string
  provider: string
  model: string
  request: Uint8Array
  reply: Uint8Array
  tokens: number
  nano_usd: number
  created_ms: number
}

interface AttemptTable {
  id: string
  key: string
  run: string
  unit: number
  fence: number
  state: string
  worst_tokens: number
  worst_nano_usd: number
  charged_calls: number | null
  charged_tokens: number | null
  charged_nano_usd: number | null
  fault: string | null
  opened_ms: number
  closed_ms: number | null
}

export interface AccountTable {
  id: string
  name: string
  role: string
  password: string | null
  invitation: string | null
  invited_until_ms: number | null
  created_ms: number
}

interface SessionTable {
  id: string
  account: string
  expires_ms: number
}

export interface Tables {
  project: ProjectTable
  provider: ProviderTable
  assignment: AssignmentTable
  run: RunTable
  lease: LeaseTable
  round: RoundTable
  unit: UnitTable
  record: RecordTable
  decision: DecisionTable
  document: DocumentTable
  call: CallTable
  attempt: AttemptTable
  account: AccountTable
  session: SessionTable
}
