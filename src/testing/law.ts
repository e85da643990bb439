/** What a law of a port or a plug-in is: a sentence, and a check that any test runner can run. */
import assert from 'node:assert/strict'

/** `check` rejects, with an assertion's error, if the law is broken. */
export interface Law {
  title: string
  check(): Promise<void>
}

const promptMs = 1000

/** What `work` comes to; fails after a second of real time, so that what never ends breaks its law instead of the test run. */
export async function promptly<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new assert.AssertionError({ message: `not over within ${promptMs} ms` })), promptMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
