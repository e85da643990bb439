/** The published library. */
export type { Candidate } from './model/run.ts'
