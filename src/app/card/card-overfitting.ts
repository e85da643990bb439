/** What a card says of over-fitting: copies, the synthetic share, and what to evaluate on. */

import { nearThreshold } from '../report/quality.ts'
import { spelledCount, spelledCounts, spelledShare } from '../spelled.ts'
import type { Card } from './card.ts'

export function overfitting(card: Card): string[] {
  return [...copies(card), ...share(card), evaluation(card)]
}

function copies({ quality, records }: Card): string[] {
  if (!quality) return []
  const { texts, nearCopies, ofHeldOut, diversity } = quality
  const among = `${spelledCounts(texts.grown, 'synthetic text')}${texts.grown < records.grown ? ' (a sample)' : ''}`
  const counts = [
    `${spelledCount(nearCopies.within.count)} resemble another synthetic text`,
    ...(nearCopies.ofReal
      ? [`${spelledCount(nearCopies.ofReal.count)} one of ${spelledCounts(texts.real, 'real training text')}`]
      : []),
    ...(ofHeldOut
      ? [
          `${spelledCount(ofHeldOut.count)} one of ${spelledCounts(ofHeldOut.heldOut, 'real text')} held out for evaluation`,
        ]
      : []),
  ]
  const { grown, real } = diversity.compared ?? { grown: diversity.grown, real: undefined }
  const figure = (of: typeof grown) =>
    `distinct-2 ${of.distinct[1]?.toFixed(3) ?? '–'}, mean likeness to the nearest ${of.similarity.mean.toFixed(3)}`
  return [
    `Near-copies (Jaccard similarity of character trigrams of at least ${nearThreshold}), among ${among}: ${counts.join('; ')}.`,
    `Variety, over ${spelledCounts(grown.texts, 'text')}: ${figure(grown)}${real ? `; as many real ones: ${figure(real)}` : ''}.`,
  ]
}

function share({ records }: Card): string[] {
  const all = records.real + records.grown
  if (records.grown === 0) return []
  return [
    `${spelledShare(records.grown / all)} of the records are synthetic. **Training on synthetic data alone is ill-advised**: a model learns the habits of its teacher and takes them for the world. Mix real records in, and stop by what real ones say.`,
  ]
}

function evaluation({ splits }: Card): string {
  const heldOut = (splits['validation']?.real ?? 0) + (splits['test']?.real ?? 0)
  return heldOut > 0
    ? `Evaluate on real records only: ${spelledCount(heldOut)} are held out (splits \`validation\` and \`test\`). **Not known:** how a model trained on it does.`
    : 'Evaluate on real records only. **There are none held out here**: get some before judging a model by it.'
}
