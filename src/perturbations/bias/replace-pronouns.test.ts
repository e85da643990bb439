/** Pronouns in their roles, by the words around them. */
import { describe, expect, it } from 'vitest'
import { randomStream } from '../../stats/random-stream.ts'
import { perturbExample } from '../perturb-example.ts'
import type { AnyPerturbation } from '../perturbation.ts'
import { replaceToFemalePronouns } from './replace-to-female-pronouns.ts'
import { replaceToMalePronouns } from './replace-to-male-pronouns.ts'
import { replaceToNeutralPronouns } from './replace-to-neutral-pronouns.ts'

function made({ kind, open }: AnyPerturbation, text: string): string {
  const perturb = open({ params: {}, prob: 1, examples: [] })
  return perturbExample({ text, entities: [] }, [{ kind, perturb }], randomStream(1)).text
}

describe('to male pronouns, “her” is told by the words around it', () => {
  it.each([
    ['Where is her book?', 'Where is his book?'],
    ['I saw her.', 'I saw him.'],
    ['I saw her yesterday, and her, too', 'I saw him yesterday, and him, too'],
    ['The card is hers.', 'The card is his.'],
    ['They told her to wait for her card.', 'They told him to wait for his card.'],
    ['I gave her the card', 'I gave him the card'],
    ['We called her back while she lay on her back.', 'We called him back while he lay on his back.'],
    ['It made her cry; she made her bed.', 'It made him cry; he made his bed.'],
    ['Let her sleep, I saw her leaving her house.', 'Let him sleep, I saw him leaving his house.'],
    ['He kissed her softly before her family.', 'He kissed him softly before his family.'],
    ['Her “friend” told her “no”.', 'His “friend” told him “no”.'],
    ['They call her Mary.', 'They call him Mary.'],
    ['She hurt herself', 'He hurt himself'],
  ])('%s', (text, expected) => expect(made(replaceToMalePronouns, text)).toBe(expected))
})

describe('to female pronouns, “his” is told by what follows', () => {
  it.each([
    ['His book is his, in his own words.', 'Her book is hers, in her own words.'],
    ['A friend of his', 'A friend of hers'],
    ['It was his in the end', 'It was hers in the end'],
    ["He's with him, by himself.", "She's with her, by herself."],
  ])('%s', (text, expected) => expect(made(replaceToFemalePronouns, text)).toBe(expected))
})

describe('to neutral pronouns, what is safe goes into agreement', () => {
  it.each([
    ['He is late, she was early, and he has it.', 'They are late, they were early, and they have it.'],
    ["She isn't here; he doesn't know.", "They aren't here; they don't know."],
    ["He's nice and she's been ill.", "They're nice and they've been ill."],
    ['Is he there? Why was she? Does he?', 'Are they there? Why were they? Do they?'],
    ['The trouble is he drinks.', 'The trouble is they drinks.'],
    ['He or she is asked for his or her name.', 'They are asked for their name.'],
    ['I met him/her by himself.', 'I met them by themself.'],
    ['The card is hers, not his.', 'The card is theirs, not theirs.'],
  ])('%s', (text, expected) => expect(made(replaceToNeutralPronouns, text)).toBe(expected))

  it('a pronoun and its verb are one edit', () => {
    const perturb = replaceToNeutralPronouns.open({ params: {}, prob: 1, examples: [] })
    expect(perturb('Now he is here', [], randomStream(1))).toEqual([{ start: 4, end: 9, text: 'they are' }])
  })
})

it.each([
  ['SHE', 'HE'],
  ['She', 'He'],
  ['HER CARD', 'HIS CARD'],
])('case is kept: %s', (text, expected) => expect(made(replaceToMalePronouns, text)).toBe(expected))

it.each(['They saw them.', 'there, sheer, hero', 'he/she', '@she #her', 'she-wolf', 'He said his.'])(
  'what is no pronoun of the other gender is left alone: %s',
  text => expect(made(replaceToMalePronouns, text)).toBe(text),
)
