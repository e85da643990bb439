/** Small labelled data for tests: tickets with a label and sentences with entities, learnable but not by heart; the same for the same seed. */
import { template } from '../src/generators/template.ts'
import type { Entity } from '../src/model/example.ts'
import { project } from '../src/model/project.ts'
import { randomStream } from '../src/stats/random-stream.ts'

export interface LabelledText {
  text: string
  label: string
  entities: Entity[]
}

export const ticketLabels = ['billing', 'delivery', 'returns']

const ticketTemplates: Record<string, string[]> = {
  billing: [
    '{opening} I was charged {amount} twice for the {thing}. {closing}',
    '{opening} the invoice for the {colour} {thing} shows {amount} too much. {closing}',
    '{opening} my {relative} paid by card, and her receipt says {amount}. {closing}',
    '{opening} why is the tax for {country} on my bill? {closing}',
    '{opening} {rider} Something about the {thing} is wrong, look at the price. {closing}',
    '{opening} {rider} I have a question about the {colour} {thing}. {closing}',
    '{opening} {rider} Can you tell me more about the {thing} for {country}? {closing}',
  ],
  delivery: [
    '{opening} the {thing} has not arrived in {country} yet. {closing}',
    '{opening} the courier left the {colour} {thing} with my {relative}, who is {age} years old. {closing}',
    '{opening} tracking says that my parcel is stuck in {country}. {closing}',
    '{opening} when will the {thing} be shipped? He has waited {age} days. {closing}',
    '{opening} {rider} Something about the {thing} is wrong, it is late. {closing}',
    '{opening} {rider} I have a question about the {colour} {thing}. {closing}',
    '{opening} {rider} Can you tell me more about the {thing} for {country}? {closing}',
  ],
  returns: [
    '{opening} the {thing} is broken and I want to send it back. {closing}',
    '{opening} I would like to exchange the {colour} {thing} for another size. {closing}',
    '{opening} my {relative} does not like his {thing}, how does she return it? {closing}',
    '{opening} may I give back a {thing} that I bought in {country}? {closing}',
    '{opening} {rider} Something about the {thing} is wrong, take it back. {closing}',
    '{opening} {rider} I have a question about the {colour} {thing}. {closing}',
    '{opening} {rider} Can you tell me more about the {thing} for {country}? {closing}',
  ],
}

const ticketSlots = {
  opening: ['Hello,', 'Hi there,', 'Good morning,', "Sorry, it's me again:", 'To whom it may concern,', 'Hey 👋'],
  rider: [
    'My invoice of June was fine.',
    'The last parcel was shipped on time.',
    'I returned a lamp last year.',
    'I have been a customer for ten years.',
  ],
  closing: ['Please advise.', 'Thanks!', "I'm not happy.", "It's urgent.", 'What should I do?', 'Kind regards.'],
  thing: ['jacket', 'kettle', 'lamp', 'armchair', 'bicycle', 'necklace', 'notebook', 'curtain', 'blender', 'scarf'],
  colour: ['gray', 'favorite', 'colorful', 'small', 'beautiful', 'new', 'old'],
  amount: ['20 dollars', '35 euros', 'ten pounds', '12.50', 'a hundred'],
  relative: ['mother', 'father', 'sister', 'brother', 'aunt', 'neighbor'],
  country: ['Germany', 'Kenya', 'Brazil', 'Japan', 'India', 'Norway', 'Peru'],
  age: ['8', '25', '31', '70'],
}

/** Parameters of the generator `template` that make tickets; `relabel` gives each label’s texts to others as well. */
export function ticketRecipe(labels: readonly string[] = ticketLabels, relabel = (label: string) => [label]): object {
  const templates = labels.flatMap(label =>
    ticketTemplates[label]!.flatMap(text => relabel(label).map(given => ({ text, label: given }))),
  )
  return { templates, slots: ticketSlots }
}

const sentenceRecipe = {
  templates: [
    '{PER} flew from {LOC} to {LOC} last week .',
    'The {PRODUCT} that {PER} bought in {LOC} is broken .',
    'In {LOC} , people like the {PRODUCT} .',
    'Did {PER} repair the old {PRODUCT} ?',
    'It was {PER} who told her about {LOC} .',
    "The weather is nice today , isn't it ?",
    'My neighbor {PER} drives to {LOC} with a colorful {PRODUCT} .',
    'Nobody in {LOC} had seen a {PRODUCT} before {PER} came .',
    'We sold 12 units of the {PRODUCT} last month .',
    '🌍 {LOC} is larger than {LOC} , says {PER} .',
    'They all love {PER} .',
    'They all love {LOC} .',
    'They all love {PRODUCT} .',
  ],
  slots: {
    PER: { entity: 'PER', values: ['{first}', '{first} {name}', '{first} {name}', '{name}'] },
    LOC: { entity: 'LOC', values: ['{place}', '{name}', 'New {name}', 'Port {name}'] },
    PRODUCT: { entity: 'PRODUCT', values: ['{name} {model}', '{name} {model}', '{name}'] },
    first: ['Ada', 'Jonas', 'Zoe\u0308', 'Søren', 'Mei', 'Nora', 'Tomás', 'ليلى', 'Victoria'],
    place: ['Paris', 'Nairobi', 'Lima', 'Victoria', '東京', 'Oslo'],
    model: ['X2', 'Mini', 'Pro 7', '3000', 'Air'],
    name: ['{head}{tail}'],
    head: ['Bel', 'Tar', 'Ko', 'Ner', 'Al', 'Vis', 'Lin'],
    tail: ['mont', 'vik', 'rosa', 'dale', 'coln', 'tis', 'do'],
  },
}

/** As many tickets of each label as `counts` says, in random order. No text is there twice. */
export function tickets(counts: Record<string, number>, seed = 'tickets'): Promise<LabelledText[]> {
  return drawn(ticketRecipe(Object.keys(counts)), counts, seed)
}

/** Sentences of blank-separated words with entities PER, LOC and PRODUCT. */
export function sentences(count: number, seed = 'sentences'): Promise<LabelledText[]> {
  return drawn(sentenceRecipe, { all: count }, seed)
}

async function drawn(recipe: object, counts: Record<string, number>, seed: string): Promise<LabelledText[]> {
  const params = template.params.parse(recipe)
  const texts: LabelledText[] = []
  for (const [cell, asks] of Object.entries(counts)) {
    const proposals = await template.propose({
      ...{ params, cell, asks, cellOrdinal: 0, material: null, feedback: { kept: [], disliked: [] } },
      ...{ project: project.parse({ name: 'test' }), random: randomStream(`${seed}/${cell}`) },
      ask: () => Promise.reject(new Error('asks no model')),
    })
    for (const { fields, labels = [], spans = [] } of proposals) {
      const entities = spans.map(({ start, end, label }) => ({ start, end, label }))
      texts.push({ text: String(fields!['text']), label: labels[0] ?? '', entities })
    }
  }
  return randomStream(seed).shuffle(texts)
}

/** Two columns, IOB2, an empty line after each sentence. */
export function conllOf(texts: readonly LabelledText[]): string {
  return texts
    .map(({ text, entities }) =>
      [...text.matchAll(/\S+/g)].map(({ index, 0: word }) => {
        const entity = entities.find(({ start, end }) => start <= index && index < end)
        return `${word} ${entity ? `${entity.start === index ? 'B' : 'I'}-${entity.label}` : 'O'}\n`
      }),
    )
    .map(lines => `${lines.join('')}\n`)
    .join('')
}

export function csvOf(rows: readonly Record<string, string>[]): string {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
  const columns = Object.keys(rows[0]!)
  const lines = [columns, ...rows.map(row => columns.map(column => row[column]!))]
  return lines.map(cells => `${cells.map(quoted).join(',')}\n`).join('')
}
