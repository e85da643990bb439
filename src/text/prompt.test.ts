/** Prompts: slots are filled once, and what is put into them stays as it is. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { definePrompt } from './prompt.ts'

const greeting = definePrompt({
  id: 'greeting',
  version: 3,
  system: 'You greet {{who}}.',
  user: `
{{before}}
Say hello to {{who}}.
{{after}}
`,
})

it('is named with its version', () => expect(greeting.id).toBe('greeting@3'))

it('fills every slot, and leaves no line where a slot of its own is empty', () => {
  expect(greeting.render({ who: 'Ada', before: '', after: 'Softly.' })).toEqual([
    { role: 'system', content: 'You greet Ada.' },
    { role: 'user', content: 'Say hello to Ada.\nSoftly.' },
  ])
})

it('puts values in as they are, braces and dollar signs included', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constantFrom('{{who}}', '{{after}}', '$&', '$1', 'a\n{{before}}\nb')), who => {
      const [system] = greeting.render({ who, before: '', after: '' })
      expect(system?.content).toBe(`You greet ${who}.`)
    }),
  )
})
