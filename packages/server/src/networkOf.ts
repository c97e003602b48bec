/** An IPv4 address, or the /64 of an IPv6 one: what one household or guesser commands. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  if (!plain.includes(':')) return plain
  const [before = '', after] = plain.replace(/%.*/, '').split('::', 2)
  const [head, tail] = [groupsOf(before), groupsOf(after)]
  // `::` stands for as many zeros as are missing.
  const zeros = after === undefined ? 0 : Math.max(0, GROUPS - head.length - tail.length)
  return [...head, ...Array.from({ length: zeros }, () => '0'), ...tail].slice(0, NETWORK_GROUPS).join(':')
}

const GROUPS = 8
const NETWORK_GROUPS = 4

const groupsOf = (text: string | undefined): readonly string[] => (text ? text.split(':') : [])
