/** What a text classifier sees of a text: hashes of its words, of pairs of them, and of the pieces of each word. */
import { scramble } from '../text/scramble.ts'

/** Letters of scripts that put no blanks between words stand for themselves each; so do signs, but for full stop and comma. */
const token =
  /[\p{L}&&[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]]|[[\p{L}\p{M}\p{N}]--[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]]+|[^\p{L}\p{M}\p{N}\s.,]/gv
const sign = /^[^\p{L}\p{M}\p{N}]/u
const ascii = /^[\x00-\x7f]*$/
/** Apostrophes and invisible format characters: `don't`, `don’t` and `dont` are one word. */
const invisible = /['’ʼ]|\p{Cf}/gu
const longestPiece = 4
/** So that a word, a pair and a piece of the same letters are different features. */
const seeds = { word: 0x9e3779b9, pair: 0x85ebca6b, piece: 0xc2b2ae35 } as const
const blank = 0x20

/** Hashes, as often as they occur, as signed integers. Case and Unicode's compatibility forms make no difference. */
export interface TextFeatures {
  /** Words, signs, and pairs of neighbouring words: they tell what a text is about. */
  words: Int32Array
  /** Character 1- to 4-grams of each word with a blank at either end: they forgive spelling and inflection. */
  pieces: Int32Array
}

export function textFeatures(text: string): TextFeatures {
  const words: number[] = []
  const pieces: number[] = []
  let previous: number | undefined
  for (const found of fold(text).match(token) ?? []) {
    const hash = hashOf(found, seeds.word)
    words.push(hash)
    if (sign.test(found)) continue
    if (previous !== undefined) words.push(scramble(Math.imul(previous ^ seeds.pair, 31) + hash))
    previous = hash
    pushPieces(found, pieces)
  }
  return { words: Int32Array.from(words), pieces: Int32Array.from(pieces) }
}

function fold(text: string): string {
  if (ascii.test(text)) return text.toLowerCase().replaceAll("'", '')
  // Upper case first: only there does STRASSE meet straße. It may part what NFKC had joined, hence NFKC again.
  return text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').replace(invisible, '')
}

function hashOf(text: string, seed: number): number {
  let hash: number = seed
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return scramble(hash)
}

function pushPieces(word: string, pieces: number[]): void {
  for (let start = -1; start <= word.length; start++) {
    let hash: number = seeds.piece
    for (let at = start; at < start + longestPiece && at <= word.length; at++) {
      const code = at < 0 || at === word.length ? blank : word.charCodeAt(at)
      hash = Math.imul(hash ^ code, 0x01000193)
      if (at > start || code !== blank) pieces.push(scramble(hash ^ (at - start)))
    }
  }
}
