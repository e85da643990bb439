/** Takes secrets out of whatever a server sends back, in every form a server may echo them in. */

/** Shorter ones would hit ordinary words. */
const shortestSecret = 6
/** Servers that need no key make people type one of these; they are ordinary words and guard nothing. */
const placeholders = new Set(['ollama', 'lm-studio', 'not-needed', 'placeholder'])
const mark = '«secret»'

/**
 * A function that replaces each occurrence of a secret by `«secret»`: plain, escaped in a JSON string (nested ones too),
 * percent-encoded, in base64 or base64url, and within the base64 of a longer text. Secrets under 6 characters are left.
 */
export function secretRedactor(secrets: Iterable<string>): (text: string) => string {
  const forms = [...new Set(secrets)]
    .filter(secret => secret.length >= shortestSecret && !placeholders.has(secret))
    .sort((a, b) => b.length - a.length)
    .flatMap(secret => [spelled(secret), ...base64Forms(secret)])
  if (forms.length === 0) return text => text
  const pattern = new RegExp(forms.join('|'), 'g')
  return text => text.replace(pattern, mark)
}

/** The secrets in request headers: values of those that look secret, without the scheme before them. */
export function headerSecrets(headers: Record<string, string>): string[] {
  return Object.entries(headers)
    .filter(([name]) => /auth|key|token|secret|cookie|password|credential|signature/i.test(name))
    .flatMap(([, value]) => {
      const [, scheme, token] = /^([A-Za-z]+) +(\S.*)$/.exec(value.trim()) ?? []
      if (!token) return [value.trim()]
      if (!/^basic$/i.test(scheme!)) return [token]
      const user = Buffer.from(token, 'base64').toString()
      return [token, user, user.slice(user.indexOf(':') + 1)]
    })
}

/** A pattern for the text with each character percent-encoded, as \uXXXX, or as it stands, after backslashes perhaps. */
function spelled(text: string): string {
  return Array.from(text, character => {
    const units = Array.from({ length: character.length }, (_, index) => `u${hex(character.charCodeAt(index), 4)}`)
    const percent = Array.from(Buffer.from(character), byte => `%${hex(byte, 2)}`).join('')
    const space = character === ' ' ? '|\\+' : ''
    const unicode = units.map(unit => `\\\\{1,8}${unit}`).join('')
    return `(?:${percent}|${unicode}|\\\\{0,8}${escaped(character)}${space})`
  }).join('')
}

/**
 * Base64 shifts with the number of bytes before. For each of the three shifts, the characters that the secret alone
 * decides, and beside them those that it shares with its neighbours.
 */
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret)
  return [0, 1, 2].map(shift => {
    const bits = 8 * (shift + bytes.length)
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    const core = encoded.slice(Math.ceil((8 * shift) / 6), Math.floor(bits / 6))
    const shared = '[A-Za-z0-9+/_-]?'
    const pattern = Array.from(core, character => {
      if (character === '+') return '(?:[+-]|%2[bB])'
      if (character === '/') return '(?:\\\\{0,8}/|_|%2[fF])'
      return character
    }).join('')
    const [before, after] = [shift ? shared : '', bits % 6 ? shared : '']
    return `${before}${pattern}${after}(?:={1,2}|(?:%3[dD]){1,2})?`
  })
}

function hex(value: number, digits: number): string {
  return value
    .toString(16)
    .padStart(digits, '0')
    .replace(/[a-f]/g, letter => `[${letter}${letter.toUpperCase()}]`)
}

function escaped(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&')
}
