/** What the sequence tagger looks at: a token's characters and its neighbours, as hashed features. */

/** All that is to be known of a token by its characters alone; worked out once for each distinct token. */
export interface TokenFacts {
  /** Hashes of the lower-cased token, its shape, and its first and last three characters. */
  lower: number
  shape: number
  prefix: number
  suffix: number
  /** Whether it holds a letter or digit: what stands beyond punctuation is looked at as well. */
  isWord: boolean
  bracket: 'opens' | 'closes' | undefined
  /** Features of the token itself; the first `ownIdentities` of them know it as a whole. */
  own: Uint32Array
}

export const ownIdentities = 3
/** So many of a token's context features, the first, know the token itself as a whole. */
export const contextIdentities = 3
export const contextFeatures = 35

const longestAffix = 5
const shortestGram = 2
const longestGram = 5
/** Characters of a token that n-grams and shapes look at: a token of a thousand letters must not have thousands of features. */
const gramCharacters = 40
const shapeCharacters = 12

/** Beyond the edges of the text. */
const nothing: TokenFacts = {
  lower: 1,
  shape: 2,
  prefix: 3,
  suffix: 4,
  isWord: false,
  bracket: undefined,
  own: new Uint32Array(0),
}

/** @param token in any case and normal form: NFKC takes ligatures and full-width letters for what they stand for */
export function tokenFacts(token: string): TokenFacts {
  const plain = token.normalize('NFKC')
  const lower = plain.toLowerCase()
  const longShape = shapeOf(plain.slice(0, gramCharacters))
  const shape = hash(longShape.replace(/(.)\1+/gsu, '$1').slice(0, shapeCharacters))
  const whole = hash(lower)
  const framed = `^${lower.slice(0, gramCharacters)}$`
  const own = new Set([
    key(1, whole),
    key(2, hash(plain)),
    key(3, whole, shape),
    key(4, hash(longShape.slice(0, shapeCharacters))),
    key(5, shape),
    key(6, Math.min(lower.length, shapeCharacters)),
  ])
  for (let n = 1; n <= longestAffix && n <= lower.length; n++) {
    own.add(key(10 + n, hash(lower.slice(0, n))))
    own.add(key(20 + n, hash(lower.slice(-n))))
  }
  for (let n = shortestGram; n <= longestGram; n++) {
    for (let i = 0; i + n <= framed.length; i++) own.add(key(30, hash(framed.slice(i, i + n))))
  }
  return {
    lower: whole,
    shape,
    prefix: hash(lower.slice(0, 3)),
    suffix: hash(lower.slice(-3)),
    isWord: /[\p{L}\p{N}]/u.test(plain),
    bracket: /\p{Ps}/u.test(plain) ? 'opens' : /\p{Pe}/u.test(plain) ? 'closes' : undefined,
    own: Uint32Array.from(own),
  }
}

/** `Xx9` for upper-case letter, other cased letter, digit; `o` for letters without case; the rest as it stands. */
function shapeOf(token: string): string {
  return token
    .replace(/[\p{Lu}\p{Lt}]/gu, 'X')
    .replace(/\p{Ll}/gu, 'x')
    .replace(/\p{N}/gu, '9')
    .replace(/[\p{Lo}\p{Lm}]/gu, 'o')
}

/** Features the tokens of a text have by what stands around them, `contextFeatures` for each token. */
export function contextKeys(tokens: readonly TokenFacts[]): Uint32Array {
  const keys = new Uint32Array(tokens.length * contextFeatures)
  const nextWords = wordsAfter(tokens)
  const bracketed = inBrackets(tokens)
  let lastWord = nothing
  tokens.forEach((here, t) => {
    const before = tokens[t - 1] ?? nothing
    const before2 = tokens[t - 2] ?? nothing
    const after = tokens[t + 1] ?? nothing
    const after2 = tokens[t + 2] ?? nothing
    const nextWord = nextWords[t]!
    let place = t * contextFeatures
    keys[place++] = key(100, before.lower, here.lower)
    keys[place++] = key(101, here.lower, after.lower)
    keys[place++] = key(102, before.lower, here.lower, after.lower)

    keys[place++] = key(103, before2.lower)
    keys[place++] = key(104, before.lower)
    keys[place++] = key(105, after.lower)
    keys[place++] = key(106, after2.lower)
    keys[place++] = key(107, before2.lower, before.lower)
    keys[place++] = key(108, before.lower, after.lower)
    keys[place++] = key(109, after.lower, after2.lower)
    keys[place++] = key(110, lastWord.lower)
    keys[place++] = key(111, nextWord.lower)

    keys[place++] = key(112, before2.suffix)
    keys[place++] = key(113, before.suffix)
    keys[place++] = key(114, after.suffix)
    keys[place++] = key(115, after2.suffix)
    keys[place++] = key(116, before.prefix)
    keys[place++] = key(117, after.prefix)
    keys[place++] = key(118, before.suffix, here.suffix)
    keys[place++] = key(119, here.suffix, after.suffix)
    keys[place++] = key(120, before.lower, here.suffix)
    keys[place++] = key(121, here.suffix, after.lower)
    keys[place++] = key(122, lastWord.suffix, here.suffix)
    keys[place++] = key(123, here.suffix, nextWord.suffix)

    keys[place++] = key(124, before2.shape)
    keys[place++] = key(125, before.shape)
    keys[place++] = key(126, after.shape)
    keys[place++] = key(127, after2.shape)
    keys[place++] = key(128, before.shape, here.shape)
    keys[place++] = key(129, here.shape, after.shape)
    keys[place++] = key(130, before.shape, here.shape, after.shape)
    keys[place++] = key(131, before.lower, here.shape)
    keys[place++] = key(132, here.shape, after.lower)
    keys[place++] = key(133, bracketed[t]!, here.shape)
    keys[place++] = key(134, 0)
    if (here.isWord) lastWord = here
  })
  return keys
}

/** For each token the next that holds a letter or digit. */
function wordsAfter(tokens: readonly TokenFacts[]): TokenFacts[] {
  const words: TokenFacts[] = []
  let word = nothing
  for (let t = tokens.length - 1; t >= 0; t--) {
    words[t] = word
    if (tokens[t]!.isWord) word = tokens[t]!
  }
  return words
}

/** A bracket that is never closed counts as open for so many tokens. */
const farthestBracket = 30

function inBrackets(tokens: readonly TokenFacts[]): Uint8Array {
  const inside = new Uint8Array(tokens.length)
  let opened = -Infinity
  tokens.forEach(({ bracket }, t) => {
    if (bracket === 'closes') opened = -Infinity
    inside[t] = Number(t - opened <= farthestBracket)
    if (bracket === 'opens') opened = t
  })
  return inside
}

/** 32 bits of a template's number and up to three hashes, well mixed (MurmurHash3's finalizer between them). */
function key(template: number, a: number, b = 0, c = 0): number {
  let h = Math.imul(template, 0x9e3779b1) ^ a
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b) ^ Math.imul(b, 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 13), 0x27d4eb2f) ^ Math.imul(c, 0x165667b1)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** FNV-1a over code units. */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h >>> 0
}
