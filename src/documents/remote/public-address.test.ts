/** Laws of the addresses that nothing is fetched from. */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { addressKind } from './public-address.ts'

type Octets = [number, number, number, number]
const octet = fc.nat(255)
const rest = fc.tuple(octet, octet, octet)
const under = (first: fc.Arbitrary<number>, second = octet): fc.Arbitrary<Octets> =>
  fc.tuple(first, second, octet, octet) as fc.Arbitrary<Octets>
const privateOctets = fc.oneof(
  under(fc.constantFrom(0, 10, 127)),
  under(fc.constant(100), fc.integer({ min: 64, max: 127 })),
  under(fc.constant(169), fc.constant(254)),
  under(fc.constant(172), fc.integer({ min: 16, max: 31 })),
  under(fc.constant(192), fc.constant(168)),
  under(fc.integer({ min: 224, max: 255 })),
)
const publicOctets = fc.oneof(
  under(fc.constantFrom(1, 8, 9, 11, 93, 126, 128, 171, 173, 203, 223), fc.integer({ min: 1, max: 250 })).filter(
    ([first, second, third]) => !(first === 203 && second === 0 && third === 113),
  ),
  under(fc.constant(100), fc.constantFrom(63, 128)),
  under(fc.constant(172), fc.constantFrom(15, 32)),
)

/** As a person, or an attacker, may write an IPv4 address in a URL. */
const notations: ((octets: Octets) => string)[] = [
  octets => octets.join('.'),
  octets => octets.map(part => `0x${part.toString(16)}`).join('.'),
  octets => octets.map(part => `0${part.toString(8)}`).join('.'),
  octets => String(numberOf(octets)),
  octets => `0x${numberOf(octets).toString(16)}`,
  octets => `0${numberOf(octets).toString(8)}`,
  ([a, b, c, d]) => `${a}.${b}.${c * 256 + d}`,
  ([a, b, c, d]) => `0x${a.toString(16)}.${(b * 256 + c) * 256 + d}`,
  octets => `${octets.join('.')}.`,
  octets => `[::ffff:${octets.join('.')}]`,
  octets => `[0:0:0:0:0:FFFF:${hexPair(octets)}]`,
  octets => `[64:ff9b::${octets.join('.')}]`,
  octets => `[2002:${hexPair(octets)}::1]`,
]
const notation = fc.constantFrom(...notations)

function numberOf([a, b, c, d]: Octets): number {
  return ((a * 256 + b) * 256 + c) * 256 + d
}

function hexPair([a, b, c, d]: Octets): string {
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
}

/** What a connection to the host of such a URL is given. */
function connected(host: string): string {
  return new URL(`http://${host}/`).hostname.replace(/^\[|\]$/g, '')
}

it('knows private IPv4 addresses in every notation, also within IPv6', () => {
  fc.assert(
    fc.property(privateOctets, notation, (octets, write) => {
      expect(addressKind(connected(write(octets)))).not.toBe('public')
    }),
    { numRuns: 2000 },
  )
})

it('takes no public IPv4 address for a private one', () => {
  fc.assert(
    fc.property(publicOctets, notation, (octets, write) => {
      expect(addressKind(connected(write(octets)))).toBe('public')
    }),
    { numRuns: 2000 },
  )
})

it.each([
  '::1',
  '::',
  'fe80::1',
  'fe80::1%eth0',
  'fc00::1',
  'fdff::1',
  'ff02::1',
  'fec0::1',
  '2001::1',
  '2001:db8::1',
  '64:ff9b:1::1',
  '100::1',
  '4000::1',
  '::7f00:1',
  'localhost',
  '',
  '127.1',
  '2130706433',
])('takes %s for private', address => expect(addressKind(address)).toBe('private'))

it.each(['2606:4700::1111', '2a00:1450:4001:80f::200e', '2001:4860:4860::8888', '2003::1', '240e::1'])(
  'takes %s for public',
  address => expect(addressKind(address)).toBe('public'),
)

it('knows the metadata services of clouds, however they are written', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<Octets>([169, 254, 169, 254], [168, 63, 129, 16], [100, 100, 100, 200]),
      notation,
      (octets, write) => {
        expect(addressKind(connected(write(octets)))).toBe('metadata')
      },
    ),
  )
  expect(addressKind('fd00:ec2::254')).toBe('metadata')
})

it('has an answer for any text', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.ipV6(),
        fc.ipV4(),
        rest.map(parts => parts.join('.')),
      ),
      text => {
        expect(['public', 'private', 'metadata']).toContain(addressKind(text))
      },
    ),
  )
})
