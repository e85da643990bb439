/** Names of the columns that a sweep adds to those of its model. */

/** The name itself, such as `run`; `sweep.run` where it is taken. Letter case does not tell columns apart: databases do not either. */
export function sweepColumn(name: string, taken: Iterable<string>): string {
  const others = new Set([...taken].map(other => other.toLowerCase()))
  let free = name
  for (let prefix = 'sweep.'; others.has(free.toLowerCase()); prefix += 'sweep.') free = prefix + name
  return free
}
