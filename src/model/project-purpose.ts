/** What a project can be for, in the words people choose by: each is a kind, some with fields that are named already. */
import type { Project } from './project.ts'

export const projectPurposes = {
  classification: { title: 'Classification', kind: 'classification', fields: [] },
  entities: { title: 'Entities', kind: 'entities', fields: [] },
  'question-answer': { title: 'Questions and answers', kind: 'records', fields: ['question', 'answer', 'context'] },
  chat: { title: 'Chat', kind: 'records', fields: ['messages'] },
  records: { title: 'Free fields', kind: 'records', fields: [] },
  text: { title: 'Plain text', kind: 'text', fields: [] },
} as const satisfies Record<string, { title: string; kind: Project['kind']; fields: readonly string[] }>

export type ProjectPurpose = keyof typeof projectPurposes

/** The purpose that a project's kind and fields show. */
export function purposeOf({ kind, fields = [] }: Pick<Project, 'kind' | 'fields'>): ProjectPurpose {
  if (kind !== 'records') return kind
  if (fields.includes('question') && fields.includes('answer')) return 'question-answer'
  return fields.includes('messages') ? 'chat' : 'records'
}
