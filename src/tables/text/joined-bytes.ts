/** Texts as bytes, in Node and in a browser alike. */

const encoder = new TextEncoder()

export function encoded(text: string): Uint8Array {
  return encoder.encode(text)
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
