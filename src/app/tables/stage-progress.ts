/** How far a piece of work is, for whoever watches. */
export interface StageProgress {
  stage: string
  /** 0 to 1. */
  share: number
}
