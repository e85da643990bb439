/** Texts in other words for a suite, from a provider behind the one door. */
import { expect, it } from 'vitest'
import { temporaryWorkspace } from '../../../test/temporary-workspace.ts'
import { scriptedServer } from '../../testing/index.ts'
import { openAsk } from '../open-ask.ts'
import { createProject } from '../projects.ts'
import { addProvider } from '../providers.ts'
import { paraphraseTexts } from './paraphrase-texts.ts'

it('gives each text its rewording in order, none where there is none, and asks nothing twice', async () => {
  const texts = Array.from({ length: 12 }, (_, at) => `Where is parcel ${at}?`)
  await using server = await scriptedServer({
    script: ({ messages }) => {
      const listed = [...messages.at(-1)!.content.matchAll(/^(\d+)\. "(.*)"$/gm)]
      const reworded = listed.map(([, n, text]) => ({ n: Number(n), text: `I am still waiting. ${text}` }))
      // The fourth is not reworded, and the fifth is said as it stands.
      const texts = reworded
        .filter(({ n }) => n !== 4)
        .map(each => (each.n === 5 ? { n: 5, text: listed[4]![2]! } : each))
      return { kind: 'reply', value: { texts: texts.reverse() } }
    },
  })
  const workspace = await temporaryWorkspace()
  const project = await createProject(workspace, { name: 'support' })
  const settings = {
    name: 'gpt',
    kind: 'openai-compatible',
    endpoint: server.url,
    model: 'm',
    jsonMode: 'schema',
  } as const
  await addProvider(workspace, { settings, projects: ['support'] })
  for (const requests of [2, 2]) {
    const door = await openAsk(workspace, 'gpt', project)
    const paraphrase = paraphraseTexts(door, project)
    const reworded = await paraphrase(texts, { strength: 'light' })
    await door.close()
    expect(reworded.map((text, at) => text?.endsWith(texts[at]!))).toEqual(
      texts.map((_, at) => (at === 3 || at === 4 ? undefined : true)),
    )
    // The second time, every answer is in the ledger.
    expect(server.requests).toHaveLength(requests)
  }
})
