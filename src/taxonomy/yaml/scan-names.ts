/** Scans what begins with `&`, `*`, `!` or `%`: anchors, aliases, tags and directives. */
import { isBreakOrEnd, isGap, type Mark, type SourceText } from './source-text.ts'
import type { DirectiveToken, NameToken, TagToken } from './token.ts'
import { YamlFault } from './yaml-fault.ts'

const space = 32
const hash = 0x23
const nameCharacter = charactersOf(/[-\w]/)
const uriCharacter = charactersOf(/[-\w;/?:@&=+$,.!~*'()[\]]/)
const afterName = charactersOf(/[?:,\]}%@`]/)
const quoteIt = 'Put the text in quotes, or start it on the next line after a |.'

function charactersOf(pattern: RegExp): (code: number) => boolean {
  const all = new Set<number>()
  for (let code = 33; code < 127; code++) if (pattern.test(String.fromCharCode(code))) all.add(code)
  return code => all.has(code)
}

/** `&name` or `*name`. */
export function scanName(source: SourceText, kind: 'alias' | 'anchor'): NameToken {
  const start = source.mark()
  const indicator = source.take(1)
  const value = source.takeWhile(nameCharacter)
  if (value === '' || !(isGap(source.peek()) || afterName(source.peek()))) {
    const use = kind === 'alias' ? 'repeats what was named with &' : 'names what follows, so that it can be repeated'
    throw new YamlFault(
      start,
      `A text cannot begin with ${indicator}, which ${use}; ${source.character()} is in the way.`,
      quoteIt,
    )
  }
  return { kind, value, start, end: source.mark() }
}

/** `!`, `!name`, `!!name`, `!handle!name` or `!<name>`. */
export function scanTag(source: SourceText): TagToken {
  const start = source.mark()
  const token = tagAt(source, start)
  if (!isBreakOrEnd(source.peek()) && source.peek() !== space) throw badTag(start, source)
  return { kind: 'tag', ...token, start, end: source.mark() }
}

function tagAt(source: SourceText, start: Mark): { handle?: string; suffix: string } {
  if (source.startsWith('!<')) {
    source.forward(2)
    const suffix = scanUri(source, start)
    if (!source.startsWith('>')) throw badTag(start, source)
    source.forward()
    return { suffix }
  }
  if (isGap(source.peek(1))) return { suffix: source.take(1) }
  // A second exclamation mark before the next space makes what stands between them the handle.
  const word = /^![^ \n\x85\u2028\u2029]*/.exec(source.text.slice(source.offset, source.offset + longestHandle))![0]
  const handle = word.indexOf('!', 1) > 0 ? scanHandle(source, start) : source.take(1)
  return { handle, suffix: scanUri(source, start) }
}

/** More than the characters between the exclamation marks of any handle. */
const longestHandle = 1024

function scanHandle(source: SourceText, start: Mark): string {
  if (!source.startsWith('!')) throw badTag(start, source)
  let units = 1
  while (nameCharacter(source.peek(units))) units++
  if (source.peek(units) === 0x21) units++
  else if (units > 1 || source.peek(1) !== space) throw badTag(start, source)
  return source.take(units)
}

function scanUri(source: SourceText, start: Mark): string {
  let uri = ''
  for (;;) {
    uri += source.takeWhile(uriCharacter)
    const escaped = /^(?:%[0-9A-Fa-f]{2})+/.exec(source.text.slice(source.offset, source.offset + longestHandle))?.[0]
    if (!escaped) break
    uri += decodeEscapes(escaped, () => badTag(start, source))
    source.forward(escaped.length)
  }
  if (uri === '' || source.startsWith('%')) throw badTag(start, source)
  return uri
}

function decodeEscapes(escaped: string, fault: () => YamlFault): string {
  try {
    return decodeURIComponent(escaped)
  } catch {
    throw fault()
  }
}

function badTag(start: Mark, source: SourceText): YamlFault {
  return new YamlFault(
    start,
    `A text cannot begin with !, which says of what type the value is; ${source.character()} is in the way.`,
    quoteIt,
  )
}

/** `%YAML 1.1`, `%TAG ! prefix` or another, to the end of its line. */
export function scanDirective(source: SourceText): DirectiveToken {
  const start = source.mark()
  source.forward()
  const name = source.takeWhile(nameCharacter)
  if (name === '' || !atWordEnd(source)) throw badDirective(start)
  let details: Pick<DirectiveToken, 'major' | 'tag'> = {}
  if (name === 'YAML') details = { major: scanVersion(source, start) }
  else if (name === 'TAG') details = { tag: scanTagDirective(source, start) }
  const end = source.mark()
  if (name !== 'YAML' && name !== 'TAG') source.skipLine()
  source.skipSpaces()
  if (source.peek() === hash) source.skipLine()
  if (!isBreakOrEnd(source.peek())) throw badDirective(start)
  source.takeBreak()
  return { kind: 'directive', name, ...details, start, end }
}

function scanVersion(source: SourceText, start: Mark): number {
  source.skipSpaces()
  const digits = (code: number) => code >= 48 && code <= 57
  const major = source.takeWhile(digits)
  const dot = source.take(1)
  const minor = source.takeWhile(digits)
  if (major === '' || dot !== '.' || minor === '' || !atWordEnd(source)) throw badDirective(start)
  return Number(major)
}

function scanTagDirective(source: SourceText, start: Mark): { handle: string; prefix: string } {
  source.skipSpaces()
  const handle = scanHandle(source, start)
  if (source.peek() !== space) throw badDirective(start)
  source.skipSpaces()
  const prefix = scanUri(source, start)
  if (!atWordEnd(source)) throw badDirective(start)
  return { handle, prefix }
}

const atWordEnd = (source: SourceText) => source.peek() === space || isBreakOrEnd(source.peek())

function badDirective(start: Mark): YamlFault {
  return new YamlFault(
    start,
    'A line that begins with % is a directive to the YAML reader, and this is none it knows.',
    'Put a space or a quotation mark before the %, or take the line away.',
  )
}
