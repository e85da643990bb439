/** Tells addresses of the public internet from those of machines and networks that strangers must not reach through us. */
import { BlockList, isIP } from 'node:net'

/** Where address books of the internet say nothing public is (IANA's special-purpose registries for IPv4). */
const privateNetworks = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // carrier-grade NAT
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, broadcast
]
/** Within 2000::/3, the only part of IPv6 that is public. */
const privateNetworks6 = [
  '2001::/23', // protocol assignments, Teredo
  '2001:db8::/32', // documentation
  '3fff::/20', // documentation
]
/** Where clouds hand out the keys of the machine that asks. Some are among the networks above, some look public. */
const metadataServices = [
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
]
const metadataServices6 = ['fd00:ec2::254', 'fd00:ec2::23', 'fd20:ce::254']
/** IPv6 networks whose addresses name an IPv4 address, with where it begins, in 16-bit groups. */
const carriers: [network: string, group: number][] = [
  ['::ffff:0:0/96', 6], // mapped
  ['64:ff9b::/96', 6], // NAT64
  ['2002::/16', 1], // 6to4
]

const privateAddresses = listOf(privateNetworks, 'ipv4')
const privateAddresses6 = listOf(privateNetworks6, 'ipv6')
const metadataAddresses = listOf([...metadataServices.map(address => `${address}/32`)], 'ipv4')
const metadataAddresses6 = listOf([...metadataServices6.map(address => `${address}/128`)], 'ipv6')
const publicSpace = listOf(['2000::/3'], 'ipv6')
const carrierLists = carriers.map(([network, group]) => ({ list: listOf([network], 'ipv6'), group }))

export type AddressKind = 'public' | 'private' | 'metadata'

/** Of an IPv4 or IPv6 address as connections state it. What is no address counts as private. */
export function addressKind(address: string): AddressKind {
  const [plain] = address.split('%') as [string]
  if (isIP(plain) === 4) {
    if (metadataAddresses.check(plain, 'ipv4')) return 'metadata'
    return privateAddresses.check(plain, 'ipv4') ? 'private' : 'public'
  }
  if (isIP(plain) !== 6) return 'private'
  const carrier = carrierLists.find(({ list }) => list.check(plain, 'ipv6'))
  if (carrier) return addressKind(carriedAddress(plain, carrier.group))
  if (metadataAddresses6.check(plain, 'ipv6')) return 'metadata'
  return publicSpace.check(plain, 'ipv6') && !privateAddresses6.check(plain, 'ipv6') ? 'public' : 'private'
}

function listOf(networks: string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address, bits] = network.split('/') as [string, string]
    list.addSubnet(address, Number(bits), family)
  }
  return list
}

function carriedAddress(address: string, group: number): string {
  // URLs write all IPv6 addresses one way, with an IPv4 tail in hexadecimal.
  const normal = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [head, tail] = normal.split('::').map(part => part.split(':').filter(group => group !== '')) as [
    string[],
    string[]?,
  ]
  const zeros = Array<string>(8 - head.length - (tail?.length ?? 0)).fill('0')
  const groups = [...head, ...zeros, ...(tail ?? [])].map(part => Number.parseInt(part, 16))
  return [groups[group]! >> 8, groups[group]! & 255, groups[group + 1]! >> 8, groups[group + 1]! & 255].join('.')
}
