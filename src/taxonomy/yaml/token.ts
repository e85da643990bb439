/** The tokens of YAML 1.1. */
import type { Mark } from './source-text.ts'

interface Span {
  start: Mark
  end: Mark
}

export interface ScalarToken extends Span {
  kind: 'scalar'
  value: string
  style: 'plain' | "'" | '"' | '|' | '>'
}

export interface NameToken extends Span {
  kind: 'alias' | 'anchor'
  value: string
}

export interface TagToken extends Span {
  kind: 'tag'
  /** `!`, `!!` or `!name!`; none for `!<verbatim>` and the tag `!` alone. */
  handle?: string
  suffix: string
}

export interface DirectiveToken extends Span {
  kind: 'directive'
  name: string
  /** Of `%YAML`. */
  major?: number
  /** Of `%TAG`. */
  tag?: { handle: string; prefix: string }
}

/** `key` and the block starts and ends may be empty: they then stand where what they announce begins. */
export interface MarkToken extends Span {
  kind:
    | 'document-start'
    | 'document-end'
    | 'stream-end'
    | 'block-sequence-start'
    | 'block-mapping-start'
    | 'block-end'
    | 'flow-sequence-start'
    | 'flow-sequence-end'
    | 'flow-mapping-start'
    | 'flow-mapping-end'
    | 'block-entry'
    | 'flow-entry'
    | 'key'
    | 'value'
}

export type Token = ScalarToken | NameToken | TagToken | DirectiveToken | MarkToken

export interface Comment {
  start: Mark
  /** With its `#`. */
  text: string
}
