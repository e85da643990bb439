/** Rewordings of templates: what is asked, how often, and what is made of the replies. */
import { expect, it } from 'vitest'
import { planned, texts, values } from '../../../test/templatic/filled-templates.ts'
import type { Ask, AskRequest } from '../../engine/define.ts'
import { templatic } from '../templatic.ts'

const given = {
  templates: [{ text: '{PER} flew to {LOC}, {LOC}', label: 'trip' }],
  values: { PER: values(9, 'p'), LOC: values(9, 'l') },
  results: 4,
  extra: 3,
}

/** Says one list of templates after the other. */
function teacher(...replies: string[][]) {
  const asked: AskRequest<unknown>[] = []
  const ask = (async request => {
    const templates = replies[asked.push(request as AskRequest<unknown>) - 1]
    if (!templates) throw new Error('one question too many')
    return {
      kind: 'reply',
      value: request.schema!.parse({ templates }),
      truncated: false,
      call: `call ${asked.length}`,
    }
  }) as Ask
  return { ask, asked }
}

it('are asked for only where the recipe wants some', () => {
  expect([0, 1].map(extra => templatic.asks!(templatic.params.parse({ ...given, extra })))).toEqual([false, true])
})

it('give as many results as their template, each with the call it came from', async () => {
  const { unit } = await planned(given)
  const { ask, asked } = teacher([
    'To {LOC} and {LOC} went {PER}',
    '{LOC} saw {PER} before {LOC} did',
    '{PER}: {LOC}{LOC}',
  ])
  const proposals = await templatic.propose({ ...unit(), ask })
  expect(asked).toHaveLength(1)
  expect(proposals).toHaveLength(16)
  expect(texts(proposals).filter(text => text.startsWith('To l'))).toHaveLength(4)
  const calls = proposals.map(({ call }) => call ?? 'none')
  expect(Object.entries(Object.groupBy(calls, call => call)).map(([call, each]) => [call, each!.length])).toEqual([
    ['none', 4],
    ['call 1', 12],
  ])
  const origins = proposals.flatMap(({ call, index }) => (call === undefined ? [] : [`${call} ${index}`]))
  expect(new Set(origins).size).toBe(12)
  for (const { labels, spans } of proposals) expect([labels, spans!.length]).toEqual([['trip'], 3])
})

it('that changed a placeholder are rejected with the reason, and asked for once more, not for ever', async () => {
  const { plan, unit } = await planned(given)
  const bad = [
    '{PER} went to {LOC}',
    '{PER} went to {LOC}, {LOC} by {CAR}',
    '{PER} {LOC} {LOC} {LOC}',
    '{PERSON} to {LOC} and {LOC}',
    '{PER flew}',
    '{{PER}} to {LOC}, {LOC}',
    '{PER} flew to {LOC}, {LOC}!',
  ]
  const { ask, asked } = teacher(bad.slice(0, 6), [bad[6]!, 'Off to {LOC} and {LOC} went {PER}'])
  const proposals = await templatic.propose({ ...unit(), ask })
  const rejects = proposals.filter(({ reject }) => reject)
  expect(rejects.map(({ reject }) => `${reject!.critic}: ${reject!.reason}`)).toEqual([
    'placeholders: it has {LOC} once, not twice',
    'placeholders: it has {CAR}, which the template does not have',
    'placeholders: it has {LOC} 3 times, not twice',
    'placeholders: it has lost {PER}',
    expect.stringMatching(/^placeholders: "\{PER flew\}" at character 1 is no slot/),
    'placeholders: it has lost {PER}',
    'copy: it repeats the template, or a rewording before it',
  ])
  expect(asked).toHaveLength(2)
  expect(asked[1]!.messages[1]!.content).toContain('"{PER} went to {LOC}": it has {LOC} once, not twice')
  expect(proposals.length - rejects.length).toBe(8)
  // Later units of the cell ask the same, at no cost, and say nothing of the rejects again.
  const again = teacher(bad.slice(0, 6), [bad[6]!, 'Off to {LOC} and {LOC} went {PER}'])
  const more = await templatic.propose({ ...unit(plan.cells[0], 1), ask: again.ask })
  expect(again.asked.map(({ messages, once }) => ({ messages, once }))).toEqual(
    asked.map(({ messages }) => ({ messages, once: true })),
  )
  expect(more.filter(({ reject }) => reject)).toEqual([])
  expect(new Set(texts([...proposals, ...more])).size).toBe(proposals.length + more.length)
})

it('shows the teacher the template, its placeholders, and values of each', async () => {
  const { unit } = await planned(given)
  const [request] = templatic.preview!(unit())
  const { ask, asked } = teacher(['x'], ['y'])
  await templatic.propose({ ...unit(), ask })
  expect(asked[0]!.messages).toEqual(request!.messages)
  const [, user] = request!.messages
  expect(user!.content).toContain('"{PER} flew to {LOC}, {LOC}"')
  expect(user!.content).toContain('{LOC} twice, as in "l 0", "l 1", "l 2"')
  expect(user!.content).toContain('the label "trip"')
  expect(user!.content).not.toMatch(/\{\{|\n\n\n/)
})

it('are done without where the teacher refuses', async () => {
  const { unit } = await planned(given)
  const ask: Ask = async () => ({ kind: 'refused', text: 'I will not.', call: 'call' })
  const proposals = await templatic.propose({ ...unit(), ask })
  expect(proposals.map(({ reject }) => reject?.critic)).toEqual([undefined, undefined, undefined, undefined, 'refused'])
})
