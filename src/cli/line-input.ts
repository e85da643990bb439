/** A line being typed: what each key makes of it. */

/** A key as a terminal reports it. */
export interface Key {
  /** As `return`, `escape`, `left`, `a`; empty where it has no name. */
  name: string
  /** What it types; empty for a key that types nothing. */
  text: string
  ctrl: boolean
  alt: boolean
  /** Part of a paste: it is only ever typed, never a command. */
  pasted?: boolean
}

export interface LineInput {
  text: string
  /** Offset of the character it stands before. */
  cursor: number
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

export function lineOf(text: string): LineInput {
  return { text, cursor: text.length }
}

/** Movement and deletion go by whole characters, whatever they are made of. Ctrl-J types a line break. */
export function typeKey(line: LineInput, key: Key): LineInput {
  const { text, cursor } = line
  const moved = movement(line, key)
  if (moved !== undefined) return { text, cursor: moved }
  const cut = deletion(line, key)
  if (cut) return { text: text.slice(0, cut.from) + text.slice(cut.to), cursor: cut.from }
  const typed = isLineBreak(key) ? '\n' : key.ctrl || key.alt ? '' : key.text
  return { text: text.slice(0, cursor) + typed + text.slice(cursor), cursor: cursor + typed.length }
}

function movement({ text, cursor }: LineInput, { name, ctrl, alt }: Key): number | undefined {
  if (name === 'home' || (ctrl && name === 'a')) return 0
  if (name === 'end' || (ctrl && name === 'e')) return text.length
  if (name === 'left' || (ctrl && name === 'b'))
    return ctrl && name === 'left' ? wordBefore(text, cursor) : before(text, cursor)
  if (name === 'right' || (ctrl && name === 'f'))
    return ctrl && name === 'right' ? wordAfter(text, cursor) : after(text, cursor)
  if (alt && name === 'b') return wordBefore(text, cursor)
  return alt && name === 'f' ? wordAfter(text, cursor) : undefined
}

function deletion({ text, cursor }: LineInput, { name, ctrl, alt }: Key): { from: number; to: number } | undefined {
  if ((ctrl && name === 'w') || (alt && name === 'backspace')) return { from: wordBefore(text, cursor), to: cursor }
  if (name === 'backspace' || (ctrl && name === 'h')) return { from: before(text, cursor), to: cursor }
  if (name === 'delete' || (ctrl && name === 'd')) return { from: cursor, to: after(text, cursor) }
  if (ctrl && name === 'u') return { from: 0, to: cursor }
  return ctrl && name === 'k' ? { from: cursor, to: text.length } : undefined
}

/** Terminals send Ctrl-J as `enter` and the Enter key as `return`. */
function isLineBreak({ name, alt }: Key): boolean {
  return name === 'enter' || (name === 'return' && alt)
}

function before(text: string, cursor: number): number {
  let last = 0
  for (const { index } of graphemes.segment(text)) if (index < cursor) last = index
  return last
}

function after(text: string, cursor: number): number {
  for (const { index } of graphemes.segment(text)) if (index > cursor) return index
  return text.length
}

function wordBefore(text: string, cursor: number): number {
  return /\S*\s*$/.exec(text.slice(0, cursor))?.index ?? 0
}

function wordAfter(text: string, cursor: number): number {
  return cursor + (/^\s*\S*/.exec(text.slice(cursor))?.[0].length ?? 0)
}
