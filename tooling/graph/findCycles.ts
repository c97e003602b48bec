/** Each cycle of the graph that a walk meets first, as the nodes on it with the first repeated at the end. */
export function findCycles(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const cycles: string[][] = []
  const done = new Set<string>()
  const path: string[] = []
  const walk = (node: string): void => {
    const start = path.indexOf(node)
    if (start >= 0) {
      cycles.push([...path.slice(start), node])
      return
    }
    if (done.has(node)) return
    path.push(node)
    for (const next of edges.get(node) ?? []) walk(next)
    path.pop()
    done.add(node)
  }
  for (const node of edges.keys()) walk(node)
  return cycles
}
