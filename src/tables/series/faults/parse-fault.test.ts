/** Faults as they are written on a command line. */
import { describe, expect, it } from 'vitest'
import { faultKinds } from './fault-choice.ts'
import { parseFault } from './parse-fault.ts'

describe('parseFault', () => {
  it('takes a kind and a column, with the defaults of every kind', () => {
    for (const kind of faultKinds) expect(parseFault(`${kind}:x`)).toMatchObject({ kind, column: 'x', distance: 10 })
  })

  it('takes numbers, spans and words', () => {
    expect(parseFault('drift:temperature:count=3,length=20..80,size=1.5..2.5,direction=up,units=own')).toMatchObject({
      ...{ column: 'temperature', count: 3, length: [20, 80], size: [1.5, 2.5], direction: 'up', units: 'own' },
    })
    expect(parseFault('dropout:x:value=-999')).toMatchObject({ value: -999 })
    expect(parseFault('bias:x:size=-2..-1')).toMatchObject({ size: [-2, -1] })
  })

  it('leaves colons and blanks in the name of a column', () => {
    expect(parseFault('stuck:plant: flow 2')).toMatchObject({ column: 'plant: flow 2' })
    expect(parseFault('stuck:a:b:each=2')).toMatchObject({ column: 'a:b', each: 2 })
  })

  it.each([
    ['drift', /KIND:COLUMN/],
    ['drift:', /KIND:COLUMN/],
    ['drft:x', /Did you mean “drift”/],
    ['drift:x:lag=3', /lag/],
    ['drift:x:count=0', /count/],
    ['drift:x:length=80..20', /least comes first/],
    ['drift:x:size=big', /such as \[2, 5\]/],
  ])('says of %s what to write', (text, hint) => {
    expect(() => parseFault(text)).toThrow(
      expect.objectContaining({ code: 'bad-input', hint: expect.stringMatching(hint) }),
    )
  })
})
