import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { BlockList, isIP } from 'node:net'

import { Reader, type CountryResponse } from 'mmdb-lib'

/** ISO 3166 alpha-2 code of where an address is registered, or empty. */
export type FindCountry = (address: string) => string

const DATA = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb'

/** Reads the public-domain table that comes with the package: no look-up leaves this machine. */
export async function openCountryDatabase(): Promise<FindCountry> {
  const file = createRequire(import.meta.url).resolve(DATA)
  const reader = new Reader<CountryResponse>(await readFile(file))
  const privateNetworks = listPrivateNetworks()
  return (address) => {
    const family = isIP(address)
    if (family === 0 || privateNetworks.check(address, family === 4 ? 'ipv4' : 'ipv6')) return ''
    // This table has the code at the top, unlike the files that the library's types describe.
    const { country_code: code } = (reader.get(address) ?? {}) as { country_code?: unknown }
    return typeof code === 'string' && /^[A-Z]{2}$/.test(code) ? code : ''
  }
}

/** The table gives private networks the country of whoever it met there first. */
function listPrivateNetworks(): BlockList {
  const networks = new BlockList()
  for (const [network, bits] of [
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
  ] as const) {
    networks.addSubnet(network, bits, 'ipv4')
  }
  networks.addSubnet('fc00::', 7, 'ipv6')
  networks.addSubnet('fe80::', 10, 'ipv6')
  networks.addAddress('::1', 'ipv6')
  return networks
}
