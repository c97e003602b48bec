import { existsSync } from 'node:fs'
import { runProgram } from '../check/runProgram.ts'

export interface SystemProgram {
  readonly path: string
  readonly packages: readonly string[]
}

/** What the tests start that npm does not install. */
export const SYSTEM_PROGRAMS: readonly SystemProgram[] = [
  { path: '/usr/bin/chromium', packages: ['chromium', 'fonts-liberation'] },
]

/** Names of programs that are missing still. As root on Debian it installs them first, anywhere else it installs nothing. */
export async function ensurePrograms(
  root: string,
  programs: readonly SystemProgram[],
  print: (line: string) => void,
): Promise<readonly string[]> {
  const listMissing = () => programs.filter(({ path }) => !existsSync(path))
  const packages = listMissing().flatMap((program) => program.packages)
  if (packages.length > 0 && process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    print(`installing ${packages.join(' ')}`)
    await runProgram(root, 'apt-get', ['update', '-qq'])
    const install = ['install', '-y', '-qq', '--no-install-recommends', ...packages]
    const { ok, output } = await runProgram(root, 'apt-get', install)
    if (!ok) print(output.split('\n').slice(-5).join('\n'))
  }
  return listMissing().map(
    ({ path, packages: wanted }) => `${path} is missing (Debian: apt-get install ${wanted.join(' ')})`,
  )
}
