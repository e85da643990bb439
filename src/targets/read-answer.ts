/** Reads what a model said of one text, in any of the usual shapes, and takes nothing that cannot be right. */
import type { Predicted, Prediction, ScoredLabel } from '../model/prediction.ts'
import type { AnswerSettings } from './answer-settings.ts'
import { type AnswerReading, checked, isMember, named, readScore } from './answer-values.ts'
import { failedWith, quoted, shown, Unusable } from './failure.ts'
import { entitiesOf } from './read-entities.ts'
import type { TargetContext } from './target-kind.ts'

export function answerReading({ task, labels }: TargetContext, settings: AnswerSettings): AnswerReading {
  const { labels: renamed, threshold, offsets } = settings
  return {
    ...{ task, labels: renamed, offsets },
    ...(threshold !== undefined && { threshold }),
    ...(labels && { known: new Set(labels.map(({ label }) => label)) }),
  }
}

/**
 * For classification: `"x"`, `{"label", "score"}`, `{"labels": […]}` with exactly the labels of the text, or the scores of all
 * labels: `[{"label", "score"}, …]` (Hugging Face) or `{"labels": ["x", …], "scores": [.9, …]}` (zero-shot).
 * For entities: `{"entities": […]}` or a bare list of them; see `entitiesOf`. `{"error": "…"}` is a failure.
 */
export function readAnswer(answer: unknown, text: string, reading: AnswerReading): Predicted {
  try {
    if (answer === null || answer === undefined) {
      throw new Unusable('no-answer', 'The model gave no answer for this text.')
    }
    const error = isMember(answer) ? answer['error'] : undefined
    if (error !== undefined && error !== null) {
      throw new Unusable('no-answer', `The model says: ${quoted(typeof error === 'string' ? error : shown(error))}`)
    }
    if (reading.task === 'entities') return { labels: [], entities: entitiesOf(answer, text, reading) }
    return { ...labelsOf(answer, reading), entities: [] }
  } catch (error) {
    if (error instanceof Unusable) return failedWith(error.code, error.message)
    throw error
  }
}

function labelsOf(answer: unknown, reading: AnswerReading): Pick<Prediction, 'labels' | 'scores'> {
  const { threshold, known } = reading
  const all = allScores(answer)
  if (all) {
    const ranked = surestFirst(named(all, reading))
    const chosen = threshold === undefined ? ranked.slice(0, 1) : ranked.filter(({ score }) => score! >= threshold)
    return {
      labels: chosen.map(each => checked(each, reading)),
      scores: ranked.filter(({ label }) => !known || known.has(label)),
    }
  }
  const said = named(saidLabels(answer), reading).map(each => checked(each, reading))
  const labels = said.every(({ score }) => score !== undefined) ? surestFirst(said) : said
  return { labels: labels.filter(({ label }, at) => labels.findIndex(other => other.label === label) === at) }
}

/** Of an answer that scores every label, each with its score; undefined if it is another one. */
function allScores(answer: unknown): ScoredLabel[] | undefined {
  if (isMember(answer)) {
    const { labels, scores } = answer
    if (!Array.isArray(labels) || !Array.isArray(scores) || labels.length !== scores.length) return undefined
    return labels.map((label, at) => scoredLabel({ label, score: scores[at] ?? Number.NaN }))
  }
  if (!Array.isArray(answer) || answer.length === 0) return undefined
  return answer.every(item => isMember(item) && 'label' in item && 'score' in item)
    ? answer.map(({ label, score }) => scoredLabel({ label, score: score ?? Number.NaN }))
    : undefined
}

function saidLabels(answer: unknown): ScoredLabel[] {
  const list = isMember(answer) ? answer['labels'] : answer
  return Array.isArray(list) ? list.map(scoredLabel) : [scoredLabel(answer)]
}

function scoredLabel(value: unknown): ScoredLabel {
  if (typeof value === 'string' && value !== '') return { label: value }
  // Bare class numbers are labels too; the setting `labels` can give them names.
  if (typeof value === 'number') return { label: String(value) }
  if (!isMember(value) || !['string', 'number'].includes(typeof value['label']) || value['label'] === '') {
    throw new Unusable(
      'bad-answer',
      `The answer ${shown(value)} names no label: expected {"label": "x", "score": 0.9}, {"labels": […]} or "x".`,
    )
  }
  const score = readScore(value['score'])
  return { label: String(value['label']), ...(score !== undefined && { score }) }
}

function surestFirst(labels: readonly ScoredLabel[]): ScoredLabel[] {
  return labels.toSorted((a, b) => b.score! - a.score!)
}
