/** An IPv4 address, or the /64 of an IPv6 one: what one household or guesser commands. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('%', 1)[0]?.split('::', 2) ?? []
  const groups = head === '' ? [] : head.split(':')
  const after = tail ? tail.split(':').length : 0
  // `::` stands for as many zeros as are missing; those inside the first four groups count.
  while (tail !== undefined && groups.length + after < 8) groups.push('0')
  return groups.slice(0, 4).join(':')
}
