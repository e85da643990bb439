/** What breaks a published law is found out, by the law that says so and by no other. */
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type AnyCritic, type AnyGenerator, defineCritic, defineGenerator, type Proposal } from '../engine/define.ts'
import { clockLaws, criticLaws, generatorLaws, type Law, modelLaws, scriptedModel, teacher } from './index.ts'
import { VirtualClock } from './virtual-clock.ts'

/** Titles of the laws that are broken. */
async function broken(laws: Law[]): Promise<string[]> {
  const results = await Promise.allSettled(laws.map(({ check }) => check()))
  return laws.flatMap(({ title }, at) => (results[at]!.status === 'rejected' ? [title] : []))
}

describe('what breaks a law is found out:', () => {
  const params = z.strictObject({})
  const sound = { kind: 'sound', summary: 'Sound', params }
  const plan = () => ({ cells: ['all'], material: null as never, perUnit: 2, notes: [] })
  const propose = (): Proposal[] => [{ fields: { text: 'a text' } }]
  let drawn = 0
  const ask = { prompt: 'p@1', messages: [{ role: 'user' as const, content: 'Hi' }], maxOutputTokens: 9 }

  it.each<[string, Partial<AnyGenerator>, RegExp[]]>([
    ['nothing', {}, []],
    ['a kind in capitals', { kind: 'Sound' }, [/kebab/]],
    ['parameters that are ignored', { params: z.object({}) }, [/parameters/]],
    ['a cell twice', { plan: () => ({ ...plan(), cells: ['all', 'all'] }) }, [/plan has cells/]],
    ['a date as material', { plan: () => ({ ...plan(), material: new Date(0) as never }) }, [/plan has cells/]],
    ['a plan of chance', { plan: () => ({ ...plan(), notes: [`${drawn++}`] }) }, [/plans the same/]],
    ['units of nothing', { plan: () => ({ ...plan(), perUnit: 0 }) }, [/plan has cells/]],
    ['a counter across units', { propose: () => [{ fields: { text: `${drawn++}` } }] }, [/proposes the same/]],
    ['another cell', { propose: () => [{ cell: 'none', fields: { text: 'a' } }] }, [/in cells/]],
    ['an empty span', { propose: () => [{ ...propose()[0], spans: [span(1, 1)] }] }, [/spans/]],
    ['a span past the end', { propose: () => [{ ...propose()[0], spans: [span(1, 7)] }] }, [/spans/]],
    ['a preview of nothing asked', { usesModel: true, preview: () => [ask] }, [/preview/]],
    ['asking unsaid', { propose: ({ ask: door }) => door(ask).then(propose) }, [/preview/]],
  ])('a generator with %s', async (_, change, titles) => {
    const generator = defineGenerator({ ...sound, plan, propose, ...change })
    const found = await broken(generatorLaws({ generator, params: [{}] }))
    expect(found).toHaveLength(titles.length)
    for (const [at, title] of titles.entries()) expect(found[at]).toMatch(title)
  })

  it.each<[string, Partial<AnyCritic>, RegExp[]]>([
    ['nothing', {}, []],
    ['material that is no JSON', { plan: () => new Map() as never }, [/JSON/]],
    ['a mood', { open: () => ({ judge: () => verdict(`${drawn++}`) }) } as never, [/same verdict/]],
    ['no reason', { open: () => ({ judge: () => verdict('') }) } as never, [/reason/]],
    ['no rejection', { open: () => ({ judge: () => ({ critic: 'sound', pass: true }) }) } as never, [/reason/]],
    ['a foreign name', { open: () => ({ judge: () => ({ ...verdict('x'), critic: 'y' }) }) } as never, [/signs/]],
    ['a heavy hand', { open: () => ({ judge: changing }) } as never, [/leaves the candidate/]],
    ['foresight', { phase: 'known', open: foresight } as never, [/sequence/]],
  ])('a critic with %s', async (_, change, titles) => {
    const open = () => ({ judge: () => verdict('bad') })
    const critic = { ...defineCritic({ ...sound, phase: 'pure', open }), ...change } as AnyCritic
    const found = await broken(criticLaws({ critic, params: [{}] }))
    expect(found).toHaveLength(titles.length)
    for (const [at, title] of titles.entries()) expect(found[at]).toMatch(title)
  })

  const span = (start: number, end: number) => ({ field: 'text', start, end, label: 'X' })
  const verdict = (reason: string) => ({ critic: 'sound', pass: false, reason })
  function changing(candidate: { labels: string[] }) {
    candidate.labels = ['mine']
    return verdict('bad')
  }
  function foresight() {
    let learned = 0
    return { learn: () => learned++, judge: () => verdict(`${learned}`) }
  }

  it('a clock that does not heed its signal', async () => {
    const clock = new VirtualClock()
    const deaf = { now: () => clock.now(), sleep: (ms: number) => clock.sleep(ms), turn: () => clock.turn() }
    const [law] = clockLaws(() => ({ clock: deaf, during: work => work })).filter(({ title }) =>
      /signal’s reason/.test(title),
    )
    expect(await broken([law!])).toHaveLength(1)
  })

  it('a model that throws, and is known by a key', async () => {
    const model = scriptedModel({ script: teacher(), clock: new VirtualClock() })
    const send = (_: unknown, signal: AbortSignal) => Promise.reject(signal.reason ?? new Error('no'))
    expect(await broken(modelLaws(async () => ({ ...model, endpoint: 'http://a/?key=1', send })))).toHaveLength(4)
  })

  it('a model that waits for its reply though it was given up', async () => {
    const model = scriptedModel({ script: teacher(), clock: new VirtualClock() })
    const deaf = modelLaws(async () => ({ ...model, send: () => Promise.withResolvers<never>().promise })).slice(0, 2)
    expect(await broken(deaf)).toHaveLength(2)
  })
})
