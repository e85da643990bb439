/** How far two judges agree on what to keep, beyond what chance would bring. */

export interface PairedJudgement {
  person: boolean
  critic: boolean
  /** How many of the whole it stands for. */
  weight: number
}

/** Weights, added up. */
export interface Confusion {
  bothKeep: number
  personOnly: number
  criticOnly: number
  neither: number
}

export function confusionOf(pairs: readonly PairedJudgement[]): Confusion {
  const sum = (person: boolean, critic: boolean) =>
    pairs
      .filter(pair => pair.person === person && pair.critic === critic)
      .reduce((total, { weight }) => total + weight, 0)
  return {
    bothKeep: sum(true, true),
    personOnly: sum(true, false),
    criticOnly: sum(false, true),
    neither: sum(false, false),
  }
}

/**
 * Cohen's kappa (1960): (p − e) / (1 − e), p the share on which they agree, e the share on which they would by chance. 1 is agreement,
 * 0 what chance brings. Undefined where one of them says always the same: then there is nothing to agree on.
 */
export function cohenKappa({ bothKeep, personOnly, criticOnly, neither }: Confusion): number | undefined {
  const all = bothKeep + personOnly + criticOnly + neither
  const person = bothKeep + personOnly
  const critic = bothKeep + criticOnly
  if ([person, critic].some(kept => kept <= 0 || kept >= all)) return undefined
  const agreed = (bothKeep + neither) / all
  const chance = (person * critic + (all - person) * (all - critic)) / all ** 2
  return (agreed - chance) / (1 - chance)
}
