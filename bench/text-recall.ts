/** How much of a text is found in another, in order: by the trigrams of their words. */

/** The longest common subsequence of the two sequences of word trigrams, as a part of the expected one's length. */
export function trigramRecall(expected: string, found: string): number {
  const ids = new Map<string, number>()
  const idOf = (trigram: string) => {
    if (!ids.has(trigram)) ids.set(trigram, ids.size)
    return ids.get(trigram)!
  }
  const a = trigrams(expected).map(idOf)
  const b = trigrams(found).map(idOf)
  let before = new Uint32Array(b.length + 1)
  for (const id of a) {
    const now = new Uint32Array(b.length + 1)
    for (let j = 1; j <= b.length; j++) {
      now[j] = b[j - 1] === id ? before[j - 1]! + 1 : Math.max(before[j]!, now[j - 1]!)
    }
    before = now
  }
  return before[b.length]! / a.length
}

function trigrams(markdown: string): string[] {
  const words = wordsOf(markdown)
  return words.slice(2).map((word, i) => `${words[i]} ${words[i + 1]} ${word}`)
}

/** What a reader sees: without the targets of links, tags and marks of emphasis. */
function wordsOf(markdown: string): string[] {
  const seen = markdown
    .replace(/\[([^\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+"[^"]*")?\)/g, '$1')
    .replace(/<\/?[a-z]+>/g, ' ')
    .replace(/[*`\\]/g, '')
  return [...seen.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)].map(([word]) => word)
}
