/** Parameters of `augment` as the panel reads and changes them. */

type Params = Record<string, unknown>

export interface Test {
  chain: string[]
  /** Share of the words, matches or texts that are changed. */
  prob: number
  /** Records to make, as a share of those there are. */
  proportion: number
  parameters: Params
}

const usual = { prob: 1, proportion: 0.1 }

/** What its cell is called. */
export function nameOf({ chain }: Pick<Test, 'chain'>): string {
  return chain.join('-')
}

export function testsIn({ tests }: Params): Test[] {
  if (!Array.isArray(tests)) return []
  return tests.map(given => {
    const { perturbations, prob, proportion, parameters } = (given ?? {}) as Params
    return {
      chain: [perturbations ?? []].flat().map(String),
      prob: typeof prob === 'number' ? prob : usual.prob,
      proportion: typeof proportion === 'number' ? proportion : usual.proportion,
      parameters: typeof parameters === 'object' && parameters !== null ? (parameters as Params) : {},
    }
  })
}

export function withTests(params: Params, tests: Test[]): Params {
  return { ...params, tests: tests.map(written) }
}

function written({ chain, prob, proportion, parameters }: Test) {
  return {
    perturbations: chain.length === 1 ? chain[0] : chain,
    ...(Object.keys(parameters).length > 0 && { parameters }),
    ...(prob !== usual.prob && { prob }),
    proportion,
  }
}

export function newTest(kind: string): Test {
  return { chain: [kind], ...usual, parameters: {} }
}
