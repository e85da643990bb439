/** What a provider's settings promise of its model: how much at once, at what price. */
import type { LanguageModel } from '../engine/ports.ts'
import type { Provider } from '../model/provider.ts'

export function limitsAndPrice(provider: Provider): Pick<LanguageModel, 'limits' | 'price'> {
  const { concurrency, rpm, tpm } = provider
  const price = priceOf(provider)
  return {
    limits: { concurrency, ...(rpm === undefined ? {} : { rpm }), ...(tpm === undefined ? {} : { tpm }) },
    ...(price ? { price } : {}),
  }
}

/** Nano-dollars a token, rounded up; the inner rounding takes off what binary fractions add (0.28 × 1000). */
function priceOf({ inputUsdPerMillion, outputUsdPerMillion }: Provider): LanguageModel['price'] {
  if (inputUsdPerMillion === undefined && outputUsdPerMillion === undefined) return undefined
  const nano = (usdPerMillion = 0) => Math.ceil(Number((usdPerMillion * 1000).toFixed(6)))
  return { input: nano(inputUsdPerMillion), output: nano(outputUsdPerMillion) }
}
