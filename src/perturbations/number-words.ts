/** Numbers in English words. */

const small = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
  'seventeen eighteen nineteen'
).split(' ')
const tens = ['', '', ...'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')]
const scales: [number, string][] = [
  [1e9, 'billion'],
  [1e6, 'million'],
  [1e3, 'thousand'],
  [100, 'hundred'],
]
const irregularOrdinals: Record<string, string> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
}

/** Of an integer from 0 to below 10¹²: “two thousand one hundred twenty-five”. */
export function cardinalWords(value: number): string {
  if (value < 20) return small[value]!
  if (value < 100) return tens[Math.floor(value / 10)]! + (value % 10 ? `-${small[value % 10]}` : '')
  const [size, name] = scales.find(([size]) => value >= size)!
  const rest = value % size
  return `${cardinalWords(Math.floor(value / size))} ${name}${rest ? ` ${cardinalWords(rest)}` : ''}`
}

/** “two thousandth”, “twenty-first”. */
export function ordinalWords(value: number): string {
  return cardinalWords(value).replace(/[a-z]+$/, last => irregularOrdinals[last] ?? `${last.replace(/y$/, 'ie')}th`)
}

/** Digit by digit, as decimals are read. */
export function digitWords(digits: string): string {
  return Array.from(digits, digit => small[Number(digit)]).join(' ')
}
