/** A model that knows words: what targets are tested with, in this process and behind servers and programs. */

/** Surest first. */
export function scoresIn(text: string): { label: string; score: number }[] {
  const good = (text.match(/good/g)?.length ?? 0) + 1
  const bad = (text.match(/bad/g)?.length ?? 0) + 0.5
  return [
    { label: 'good', score: good / (good + bad) },
    { label: 'bad', score: bad / (good + bad) },
  ].sort((a, b) => b.score - a.score)
}

/** The first words of a text, as entities. */
export function wordsIn(text: string, offsets: 'code-points' | 'utf16') {
  const count = (at: number) => (offsets === 'utf16' ? at : [...text.slice(0, at)].length)
  const found = [...text.matchAll(/[\p{L}\p{N}\p{Extended_Pictographic}]+/gu)].slice(0, 5)
  return found.map(({ index, 0: word }) => ({
    ...{ start: count(index), end: count(index + word.length), label: 'WORD', score: 0.75 },
  }))
}

/** As a server or a program answers one text. */
export function said(task: string, text: string, failing: string): object {
  if (text === failing) return { error: 'it is beyond me' }
  return task === 'entities' ? { entities: wordsIn(text, 'code-points') } : scoresIn(text)[0]!
}
