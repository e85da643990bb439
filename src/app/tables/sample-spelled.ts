/** What people write of what is to be drawn: shares of values, sizes of tables. */
import { CultivarError } from '../../model/error.ts'
import type { SampleOrder } from '../../tables/open-sources.ts'

/** @throws CultivarError `bad-input` naming the part that cannot be read. */
export function sampleSpelled({
  shares,
  sizes,
}: {
  /** `COLUMN=VALUE:SHARE`. */
  shares?: string[]
  /** `TABLE=N`. */
  sizes?: string[]
}): Pick<SampleOrder, 'balance' | 'sizes'> {
  return { ...(shares && { balance: balanceOf(shares) }), ...(sizes && { sizes: sizesOf(sizes) }) }
}

function balanceOf(texts: string[]): NonNullable<SampleOrder['balance']> {
  const parts = texts.map(text => {
    const part = /^(.+?)=(.*):(0?\.\d+|0|1|1\.0*)$/s.exec(text)
    if (part) return { column: part[1]!, value: part[2]!, share: Number(part[3]) }
    throw new CultivarError(
      'bad-input',
      `The share “${text}” cannot be read.`,
      'Write COLUMN=VALUE:SHARE, with a share between 0 and 1: "failure=1:0.2".',
    )
  })
  const columns = [...new Set(parts.map(({ column }) => column))]
  if (columns.length > 1) {
    throw new CultivarError(
      'bad-input',
      `Shares were given for ${columns.join(' and ')}.`,
      'Give shares of one column; a column that holds both can be made with a formula.',
    )
  }
  return { column: columns[0]!, shares: Object.fromEntries(parts.map(({ value, share }) => [value, share])) }
}

function sizesOf(texts: string[]): Record<string, number> {
  return Object.fromEntries(
    texts.map(text => {
      const part = /^(.+)=(\d+)$/.exec(text)
      if (part) return [part[1]!, Number(part[2])]
      throw new CultivarError('bad-input', `The size “${text}” cannot be read.`, 'Write TABLE=ROWS: "customers=500".')
    }),
  )
}
