/** ShareGPT: a JSON array of conversations, each turn with who it is from and its value. */
import type { Json } from '../model/json.ts'
import { inChunks } from '../text/text-chunks.ts'
import { conversationOf, rowOfTurns, type Turn } from './conversation.ts'
import type { ExportRecord, Format, ReadRow, RowPlace, WriteOptions } from './format.ts'
import { readObjects } from './read-objects.ts'
import { exportMembers } from './record-members.ts'

export const sharegpt: Format = {
  kind: 'sharegpt',
  extensions: [],
  summary: 'Conversations of human and gpt, as {"conversations": […]}, in one JSON array',
  needsColumns: false,
  isWhole: false,
  holds: ['fields', 'labels'],
  read: (bytes, options = {}) => readObjects(bytes, options, rowOf),
  write: (records, options = {}) => inChunks(writeRows(records, options)),
}

const writers: Record<Turn['role'], string> = { system: 'system', user: 'human', assistant: 'gpt' }

async function* writeRows(records: AsyncIterable<ExportRecord>, options: WriteOptions): AsyncGenerator<string> {
  const { columns: _, ...rest } = options
  let before = '[\n'
  for await (const record of records) {
    const turns = conversationOf(exportMembers(record, rest), rest)
    const conversations = turns.map(({ role, content }) => ({ from: writers[role], value: content }))
    yield `${before}${JSON.stringify({ conversations })}`
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

/** The names that such files go by, those of other chats among them. */
const roles: Record<string, Turn['role']> = {
  system: 'system',
  human: 'user',
  user: 'user',
  gpt: 'assistant',
  chatgpt: 'assistant',
  assistant: 'assistant',
  model: 'assistant',
}

function rowOf({ conversations, ...rest }: Record<string, Json>, place: RowPlace): ReadRow {
  const wrong = (message: string): ReadRow => ({
    error: { ...place, message, hint: 'A record is {"conversations": [{"from": "human", "value": "…"}, …]}.' },
  })
  if (!Array.isArray(conversations)) return wrong('has no list “conversations”')
  const turns: Turn[] = []
  for (const [at, turn] of conversations.entries()) {
    const { from = null, value = null } = turn !== null && typeof turn === 'object' && !Array.isArray(turn) ? turn : {}
    const role = roles[String(from)]
    if (role === undefined) return wrong(`has a turn ${at + 1} from ${JSON.stringify(from)}`)
    if (typeof value !== 'string') return wrong(`has a turn ${at + 1} without a text`)
    turns.push({ role, content: value })
  }
  return rowOfTurns(turns, rest, place)
}
