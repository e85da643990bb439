/** Mining: which templates come of training records, in which order, and what is made of them. */
import { expect, it } from 'vitest'
import { storedRecord } from '../../../test/stored-record.ts'
import { classes, made, marked, planned, texts } from '../../../test/templatic/filled-templates.ts'

const flights = [
  marked('[PER Ada] flew to [LOC Oslo].'),
  marked('[PER Bo] flew to [LOC Rome].'),
  marked('[PER Ada] met [PER Bo], then [PER Ada] left {early}.'),
  marked('[PER Ada] flew on to [LOC Oslo]!'),
  marked('We all love [LOC Lima].'),
  marked('[PER Cy]'),
  marked('Nothing here.'),
]

it('makes templates of sentences, equal ones once and the most frequent first, none nearly another', async () => {
  const { plan, proposals } = await made({ mine: 10, results: 2 }, flights)
  expect(plan.notes.slice(1, 5)).toEqual([
    '3 templates made of training records, by the entities in them; 10 were asked for.',
    'mined 1: "{PER} flew to {LOC}."',
    'mined 2: "{PER#1} met {PER}, then {PER#1} left {{early}}."',
    'mined 3: "We all love {LOC}."',
  ])
  expect(texts(proposals).filter(text => text.includes('{early}'))).toHaveLength(2)
  for (const { seeds, tags } of proposals.slice(0, 2)) {
    expect(seeds).toEqual(expect.arrayContaining(['Ada flew to Oslo.', 'Bo flew to Rome.']))
    expect(tags).toEqual(['augmented', 'templatic'])
  }
  expect(Object.keys((await planned({ mine: 1 }, flights)).plan.targets!)).toEqual(['mined 1'])
})

it('takes long texts sentence by sentence, and leaves overlapping entities alone', async () => {
  const long = marked(`[PER Ada] came home late. ${'Some words that say nothing at all. '.repeat(8)}[PER Bo] left her.`)
  const overlapping = marked('Then [ORG Bank] of [LOC Oslo] opened.')
  overlapping.spans[0]!.end = overlapping.spans[1]!.end
  const { plan } = await planned({ mine: 10 }, [long, overlapping, ...flights.slice(5)])
  expect(plan.notes.filter(note => note.startsWith('mined') && note.endsWith('"')).toSorted()).toEqual([
    'mined 1: "{PER} came home late."',
    'mined 2: "{PER} left her."',
  ])
})

it('goes by numbers and the like where texts have labels alone, and has their labels looked at', async () => {
  const say = (text: string, label: string) => storedRecord({ id: text, text, labels: [label] })
  const records = [
    say('Order 48213 never came', 'late'),
    say('Order 77120 never came', 'late'),
    say('I paid $20 twice', 'charge'),
    say('You owe me $35, really', 'charge'),
    say('I give it 1 of 5', 'bad'),
    say('I give it 4 of 5', 'good'),
  ]
  const { plan, proposals } = await made({ mine: 5, results: 3 }, records, classes)
  expect(plan.cells).toEqual(['late: mined 1', 'charge: mined 2', 'charge: mined 3'])
  expect(plan.targets).toEqual({ 'late: mined 1': 0, 'charge: mined 2': 1, 'charge: mined 3': 1 })
  expect(proposals.map(({ fields, labels, tags, spans }) => [fields!['text'], labels, tags, spans])).toEqual(
    ['I paid $35 twice', 'You owe me $20, really'].map(text => [
      text,
      ['charge'],
      ['augmented', 'templatic', 'check-label'],
      [],
    ]),
  )
  const dry = [say('It never came', 'late')]
  await expect(planned({ mine: 5 }, dry, classes)).rejects.toThrow('No template can be made of the training records')
  const { plan: typed } = await planned({ mine: 5, templates: ['{X}'], values: { X: ['1'] } }, dry, classes)
  expect(typed.notes).toContain(
    '0 templates made of training records, by the numbers, dates, amounts and quotations in them; 5 were asked for.',
  )
  expect(typed.notes).toContain('Without a label, as their records will be: template 1.')
})

it('goes by entities where texts with labels have some', async () => {
  const records = ['Oslo', 'Rome', 'Lima'].map(city => marked(`Send it to [CITY ${city}] by 12`, { labels: ['move'] }))
  const { proposals, plan } = await made(
    { mine: 2, templates: [{ text: 'In {CITY}', label: 'where' }], results: 1 },
    records,
    classes,
  )
  expect(plan.cells).toEqual(['where: template 1', 'move: mined 1'])
  expect(proposals.map(({ labels, spans }) => [labels, spans![0]!.label])).toEqual([[['where'], 'CITY']])
})
