/** What targets are opened with in tests: no network but loopback, no files but those given. */
import type { Task } from '../src/model/example.ts'
import { openFetch } from '../src/providers/http-client.ts'
import type { TargetContext } from '../src/targets/target-kind.ts'

export function targetContext(task: Task, given: Partial<TargetContext> = {}): TargetContext {
  const missing = (what: string) => async () => {
    throw new TypeError(`the test gives no ${what}`)
  }
  return {
    ...{ task, environment: {}, folder: '.', openFetch: url => openFetch(url, {}) },
    ...{ readModel: missing('model'), readRows: missing('rows'), openAsk: missing('provider') },
    ...given,
  }
}
