/** What the Records page works on, as the API gives it. */
import type { AnswerOf, SentTo } from '../../api/call.ts'

export type StudioRecord = AnswerOf<'showRecord'>
export type RecordPage = AnswerOf<'listRecords'>
export type RecordFacets = AnswerOf<'recordFacets'>
export type RecordFilter = NonNullable<SentTo<'countRecords'>['query']>
