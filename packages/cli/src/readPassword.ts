import { text } from 'node:stream/consumers'
import type { ReadStream } from 'node:tty'
import { usageFailure } from './commandFailure.ts'
import type { Terminal } from './terminal.types.ts'

const ENTER = new Set(['\r', '\n', '\u0004'])
const CONTROL_C = '\u0003'
const BACKSPACE = new Set(['\u007f', '\b'])

/** All of standard input, without the line break that `echo` puts at its end. */
export async function readPasswordFromStdin({ stdin }: Terminal): Promise<string> {
  return (await text(stdin)).replace(/\r?\n$/, '')
}

/** Asks twice, without echo; only where there is a terminal. */
export async function askNewPassword(terminal: Terminal): Promise<string> {
  if (!isTerminal(terminal.stdin)) {
    throw usageFailure('no terminal to ask for the password: pipe it in and add --password-stdin')
  }
  const password = await askSecret(terminal.stdin, terminal, 'Password: ')
  if ((await askSecret(terminal.stdin, terminal, 'Again: ')) !== password) {
    throw usageFailure('the two passwords differ')
  }
  return password
}

function isTerminal(stdin: Terminal['stdin']): stdin is ReadStream {
  return 'isTTY' in stdin && stdin.isTTY === true
}

function askSecret(stdin: ReadStream, { stderr }: Terminal, question: string): Promise<string> {
  // Before the question: who types at once must not see it either.
  stdin.setRawMode(true)
  stderr.write(question)
  stdin.setEncoding('utf8')
  stdin.resume()
  return new Promise((settle, reject) => {
    let typed = ''
    const end = () => {
      stdin.off('data', onData)
      stdin.setRawMode(false)
      stdin.pause()
      stderr.write('\n')
    }
    const onData = (chunk: string) => {
      for (const character of chunk) {
        if (ENTER.has(character)) {
          end()
          return settle(typed)
        }
        if (character === CONTROL_C) {
          end()
          return reject(usageFailure('stopped'))
        }
        typed = BACKSPACE.has(character) ? typed.slice(0, -1) : typed + character
      }
    }
    stdin.on('data', onData)
  })
}
