/** What a stage asks its model to reply, as a schema and in words. */
import { z } from 'zod'
import { listReply } from '../reply-items.ts'
import type { JudgeStage, WriteStage } from './pipeline.ts'

/** Fields of one row, or of several with `many`: then what is wrong with one of them is found when it is read. */
export const fieldsSchema = onceEach(({ fields, many }: WriteStage): z.ZodType<unknown> => {
  const row = z.object(mapped(fields, description => z.string().describe(description)))
  return many ? listReply(row, 'items') : row
})

export interface Grade {
  explanation: string
  score: number
}

/** An explanation, then the grade: a model that has said why grades better. */
export const gradeSchema = onceEach(({ scale = [0, 1], criteria }: JudgeStage): z.ZodType<Grade> => {
  const explanation = z.string()
  if (!criteria) {
    const [low, high] = scale
    return z.object({ explanation, score: z.int().min(low).max(high) })
  }
  const points = mapped(criteria, description => z.int().min(0).max(1).describe(description))
  return z.object({ explanation, ...points }).transform(({ explanation, ...met }) => ({
    explanation: explanation as string,
    score: Object.values(met as Record<string, number>).reduce((sum, point) => sum + point, 0),
  })) as unknown as z.ZodType<Grade>
})

/** The end of every prompt of the stage. */
export function fieldsForm({ fields, many }: WriteStage): string {
  const row = jsonForm(mapped(fields, description => `<${description}>`))
  return `Reply with nothing but JSON in this form:\n${many ? `{"items": [${row}, …]}` : row}`
}

export function gradeForm({ scale = [0, 1], criteria }: JudgeStage): string {
  const explanation = '"explanation": "<one or two sentences: what decides it>"'
  const [low, high] = scale
  const grades = criteria
    ? Object.entries(criteria).map(([name, description]) => `${JSON.stringify(name)}: <1 if ${description}, else 0>`)
    : [`"score": <${high - low === 1 ? `${low} or ${high}` : `whole number from ${low} to ${high}`}>`]
  return `Reply with nothing but JSON in this form:\n{${[explanation, ...grades].join(', ')}}`
}

/** Highest grade that the stage can give. */
export function highestGrade({ scale = [0, 1], criteria }: Pick<JudgeStage, 'scale' | 'criteria'>): number {
  return criteria ? Object.keys(criteria).length : scale[1]
}

function jsonForm(parts: Record<string, string>): string {
  return `{${Object.entries(parts)
    .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    .join(', ')}}`
}

function mapped<T>(parts: Record<string, string>, of: (description: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(parts).map(([name, description]) => [name, of(description)]))
}

/** Builds it for each stage once: a run asks the same thousands of times. */
function onceEach<Stage extends object, Built>(build: (stage: Stage) => Built): (stage: Stage) => Built {
  const built = new WeakMap<Stage, Built>()
  return stage => {
    if (!built.has(stage)) built.set(stage, build(stage))
    return built.get(stage)!
  }
}
