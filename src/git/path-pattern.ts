/** Which paths a pattern means, as Python's `glob.glob(pattern, recursive=True)` reads it (InstructLab's `patterns`). */

/** Any run of letters of a name, or any run of folders of a path. */
const star = Symbol('star')
type Step<T> = typeof star | ((item: T) => boolean)

/**
 * Whether a path (with `/`, from the top on) matches. `*`, `?`, `[abc]` and `[!a-c]` stay within a name, `**` alone between slashes
 * means any folders, none included. Names that begin with a dot are only matched by a pattern that does. A pattern that leads out
 * (`..`) matches nothing; one that begins with `/` starts from the top too.
 */
export function pathPattern(pattern: string): (path: string) => boolean {
  const parts = pattern.split('/').filter(part => part !== '' && part !== '.')
  if (parts.length === 0 || parts.includes('..') || pattern.endsWith('/')) return () => false
  // Whatever is below: folders, then a name.
  if (parts.at(-1) === '**') parts.push('*')
  const steps = parts.map(part => (part === '**' ? star : nameMatcher(part)))
  return path => matches(path.split('/'), steps, name => !name.startsWith('.'))
}

function nameMatcher(part: string): (name: string) => boolean {
  const steps = nameSteps([...part])
  const hidden = part.startsWith('.')
  return name => name.startsWith('.') === hidden && matches([...name], steps, () => true)
}

function nameSteps(letters: string[]): Step<string>[] {
  const steps: Step<string>[] = []
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at]!
    // A bracket right after the opening one, or after its `!`, stands for itself.
    const end = letter === '[' ? letters.indexOf(']', at + (letters[at + 1] === '!' ? 3 : 2)) : -1
    if (end > 0) {
      steps.push(letterSet(letters.slice(at + 1, end)))
      at = end
    } else if (letter === '*') steps.push(star)
    else steps.push(letter === '?' ? () => true : other => other === letter)
  }
  return steps
}

function letterSet([first, ...rest]: string[]): (letter: string) => boolean {
  const negated = first === '!'
  const members = negated ? rest : [first!, ...rest]
  const within = (letter: string) => {
    for (let at = 0; at < members.length; at++) {
      const isRange = members[at + 1] === '-' && at + 2 < members.length
      if (isRange ? members[at]! <= letter && letter <= members[at + 2]! : letter === members[at]) return true
      if (isRange) at += 2
    }
    return false
  }
  return letter => within(letter) !== negated
}

/** Takes up to items × steps comparisons, whatever the pattern: only the last star is ever given more. */
function matches<T>(items: T[], steps: Step<T>[], starTakes: (item: T) => boolean): boolean {
  let item = 0
  let at = 0
  let lastStar = -1
  let afterStar = 0
  while (item < items.length) {
    const step = steps[at]
    if (step === star) {
      lastStar = at++
      afterStar = item
    } else if (step?.(items[item]!)) {
      item++
      at++
    } else if (lastStar >= 0 && starTakes(items[afterStar]!)) {
      at = lastStar + 1
      item = ++afterStar
    } else return false
  }
  return steps.slice(at).every(step => step === star)
}
