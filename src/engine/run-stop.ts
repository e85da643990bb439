/** The two ways in which work ends early: a unit that cannot be proposed, and a run that must stop. */
import type { RunEnd } from '../model/run.ts'

/** One unit fails; the run goes on and refill replaces it. */
export class UnitFault extends Error {
  readonly code: 'gave-up' | 'request-refused' | 'invalid-reply'

  constructor(code: UnitFault['code'], message: string) {
    super(message)
    this.code = code
  }
}

/** The run ends; units under way stay undecided and are run again when it is resumed. */
export class RunStop extends Error {
  readonly end: RunEnd

  constructor(end: RunEnd) {
    super(end.reason)
    this.end = end
  }
}
