/** Writes numbers as text straight into bytes. */

const zero = 48
/** 10⁰ to 10¹⁵. */
const powers = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent)
/** No number written here takes more bytes. */
export const mostNumberBytes = 340

/** `value` is finite. Returns the place after it. */
export function writeInteger(value: number, bytes: Uint8Array, at: number): number {
  if (!Number.isSafeInteger(value)) return writeDecimal(value, bytes, at)
  if (value >= 0) return writeDigits(value, bytes, at)
  bytes[at] = 45
  return writeDigits(-value, bytes, at + 1)
}

/** With so many digits behind the point. */
export function writeFixed(value: number, decimals: number, bytes: Uint8Array, at: number): number {
  const power = powers[decimals]
  const scaled = power === undefined ? Number.NaN : Math.round(Math.abs(value) * power)
  if (!(scaled <= Number.MAX_SAFE_INTEGER)) return writeAscii(value.toFixed(Math.min(100, decimals)), bytes, at)
  return writeScaled(value < 0 && scaled > 0, scaled, decimals, bytes, at)
}

/** The shortest text that is read as this very number. */
export function writeDecimal(value: number, bytes: Uint8Array, at: number): number {
  const size = Math.abs(value)
  if (size >= 1e-4 && size < 1e9) {
    for (let decimals = 0; decimals <= 5; decimals++) {
      const power = powers[decimals] as number
      const scaled = Math.round(size * power)
      if (scaled / power === size) return writeScaled(value < 0, scaled, decimals, bytes, at)
    }
  }
  return writeAscii(String(value), bytes, at)
}

export function writeAscii(text: string, bytes: Uint8Array, at: number): number {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i)
  return at + text.length
}

function writeScaled(negative: boolean, scaled: number, decimals: number, bytes: Uint8Array, at: number): number {
  let place = at
  if (negative) bytes[place++] = 45
  if (decimals === 0) return writeDigits(scaled, bytes, place)
  const power = powers[decimals] as number
  const whole = Math.floor(scaled / power)
  place = writeDigits(whole, bytes, place)
  bytes[place++] = 46
  let rest = scaled - whole * power
  for (let digit = place + decimals - 1; digit >= place; digit--) {
    const tens = Math.floor(rest / 10)
    bytes[digit] = zero + rest - tens * 10
    rest = tens
  }
  return place + decimals
}

/** A safe integer that is not negative. */
function writeDigits(value: number, bytes: Uint8Array, at: number): number {
  if (value < 10) {
    bytes[at] = zero + value
    return at + 1
  }
  if (value > 0x7fffffff) {
    const high = Math.floor(value / 1e8)
    const place = writeDigits(high, bytes, at)
    writePadded(value - high * 1e8, 8, bytes, place)
    return place + 8
  }
  const count = digitsOf(value)
  writePadded(value, count, bytes, at)
  return at + count
}

function writePadded(value: number, count: number, bytes: Uint8Array, at: number): void {
  let rest = value | 0
  for (let place = at + count - 1; place >= at; place--) {
    const tens = (rest / 10) | 0
    bytes[place] = zero + rest - tens * 10
    rest = tens
  }
}

function digitsOf(value: number): number {
  if (value < 100_000) return value < 100 ? 2 : value < 1000 ? 3 : value < 10_000 ? 4 : 5
  return value < 1e6 ? 6 : value < 1e7 ? 7 : value < 1e8 ? 8 : value < 1e9 ? 9 : 10
}
