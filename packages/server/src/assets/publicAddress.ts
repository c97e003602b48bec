import { BlockList, isIP } from 'node:net'

/** Everything that IANA does not route on the public Internet, and the ways to write one of these inside IPv6. */
const CLOSED_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]
/** Global unicast without documentation, Teredo and 6to4, whose addresses carry an IPv4 address of anybody's choice. */
const OPEN_IPV6 = ['2000::/3']
const CLOSED_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

/** Whether a server on the public Internet may have this address: an allow-list for IPv6, a closed list for IPv4. */
export function createPublicAddressCheck(): (address: string) => boolean {
  const closed = blockList([...CLOSED_IPV4, ...CLOSED_IPV6])
  const open = blockList(OPEN_IPV6)
  return (address) => {
    const version = isIP(address)
    if (version === 4) return !closed.check(address, 'ipv4')
    if (version === 6) return open.check(address, 'ipv6') && !closed.check(address, 'ipv6')
    return false
  }
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix = ''] = network.split('/')
    list.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}
