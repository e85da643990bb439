/** Check digits of payment cards, bank accounts and national identity numbers. All take the value without separators. */

/** Sum of the digits times the weights, in order. */
function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0)
}

/** ISO/IEC 7812-1, annex B. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const doubled = i % 2 === 0 ? digit : digit * 2
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** The remainder of a decimal number of any length. */
function remainder(digits: string, modulus: number): number {
  let rest = 0
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % modulus
  return rest
}

/** ISO 13616: the four first characters moved to the end, letters as numbers from 10, modulo 97 is 1. */
export function isIban(compact: string): boolean {
  const moved = compact.slice(4) + compact.slice(0, 4)
  return remainder([...moved].map(sign => Number.parseInt(sign, 36)).join(''), 97) === 1
}

/** Dutch BSN: weights 9 to 2 and −1, divisible by 11. */
export function isBsn(digits: string): boolean {
  return weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0
}

/** German tax number (Steuer-ID): ISO 7064 mod 11, 10; one digit of the first ten stands there two or three times. */
export function isSteuerId(digits: string): boolean {
  const different = new Set(digits.slice(0, 10)).size
  if (digits.startsWith('0') || different < 8 || different > 9) return false
  let product = 10
  for (const digit of digits.slice(0, 10)) product = (((Number(digit) + product) % 10 || 10) * 2) % 11
  return (11 - product) % 10 === Number(digits[10])
}

/** French NIR: key 97 minus the number modulo 97; Corsican departments 2A and 2B count as 19 and 18. */
export function isNir(compact: string): boolean {
  const body = compact.slice(0, 13).replace('2A', '19').replace('2B', '18')
  return 97 - remainder(body, 97) === Number(compact.slice(13))
}

/** Spanish DNI and NIE: a letter for the number modulo 23; X, Y and Z lead as 0, 1 and 2. */
export function isDni(compact: string): boolean {
  const number = compact.slice(0, -1).replace(/^[XYZ]/, letter => String('XYZ'.indexOf(letter)))
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(number) % 23] === compact.at(-1)
}

/** Values at odd places of an Italian codice fiscale, for 0–9 and for A–Z alike (decree of 23 December 1976). */
const codiceOdd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]

export function isCodiceFiscale(compact: string): boolean {
  let sum = 0
  for (let i = 0; i < 15; i++) {
    const value = Number.parseInt(compact[i]!, 36)
    const place = value > 9 ? value - 10 : value
    sum += i % 2 === 0 ? codiceOdd[place]! : place
  }
  return String.fromCharCode(65 + (sum % 26)) === compact[15]
}

/** Brazilian CPF: two check digits modulo 11. Equal digits throughout pass the sum, yet are no number. */
export function isCpf(digits: string): boolean {
  if (/^(\d)\1*$/.test(digits)) return false
  return [9, 10].every(length => {
    const weights = Array.from({ length }, (_, i) => length + 1 - i)
    return ((weightedSum(digits, weights) * 10) % 11) % 10 === Number(digits[length])
  })
}

const verhoeffTimes = (a: number, b: number) =>
  a < 5 ? ((a + b) % 5) + (b < 5 ? 0 : 5) : ((a - b + 10) % 5) + (b < 5 ? 5 : 0)
const verhoeffStep = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]

/** Indian Aadhaar: Verhoeff, in the dihedral group of order ten; each place permutes its digit once more than the one to its right. */
export function isAadhaar(digits: string): boolean {
  let state = 0
  for (let i = 0; i < digits.length; i++) {
    let digit = Number(digits[digits.length - 1 - i])
    for (let times = i % 8; times > 0; times--) digit = verhoeffStep[digit]!
    state = verhoeffTimes(state, digit)
  }
  return state === 0
}

/** Chinese resident identity card: ISO 7064 mod 11-2, X for ten. */
export function isResidentId(compact: string): boolean {
  const sum = weightedSum(compact, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
  return '10X98765432'[sum % 11] === compact[17]
}

/** Belgian register number: 97 minus the number modulo 97; births from 2000 on lead with a 2. */
export function isBelgianNumber(digits: string): boolean {
  const check = Number(digits.slice(9))
  return ['', '2'].some(century => 97 - remainder(century + digits.slice(0, 9), 97) === check)
}

/** Norwegian fødselsnummer: two check digits modulo 11. */
export function isFodselsnummer(digits: string): boolean {
  return (
    weightedSum(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
    weightedSum(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0
  )
}

/** Swiss AHV number: an EAN-13. */
export function isAhvNumber(digits: string): boolean {
  return weightedSum(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0
}

/** Finnish HETU: a sign for the nine digits modulo 31. */
export function isHetu(compact: string): boolean {
  return '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(compact.slice(0, 9)) % 31] === compact[9]
}

/** Chilean RUT: weights 2 to 7 from the right, K for ten. */
export function isRut(compact: string): boolean {
  const sum = [...compact.slice(0, -1)].reverse().reduce((total, digit, i) => total + Number(digit) * (2 + (i % 6)), 0)
  return '0123456789K0'[(11 - (sum % 11)) % 11] === compact.at(-1)
}

/** Argentine CUIL: weights 5 4 3 2 7 6 5 4 3 2, modulo 11. */
export function isCuil(digits: string): boolean {
  return weightedSum(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0
}

/** Singaporean NRIC and FIN: weights 2 7 6 5 4 3 2, an offset of 4 for T and G, a letter for the remainder. */
export function isNric(compact: string): boolean {
  const sum = weightedSum(compact.slice(1), [2, 7, 6, 5, 4, 3, 2]) + (/^[TG]/.test(compact) ? 4 : 0)
  return (/^[ST]/.test(compact) ? 'JZIHGFEDCBA' : 'XWUTRQPNMLK')[sum % 11] === compact.at(-1)
}
