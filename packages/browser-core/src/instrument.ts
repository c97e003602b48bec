import type { Monitor } from './monitor.ts'
import type { Stoppable } from './stopAll.ts'

type Method = (this: unknown, ...args: unknown[]) => unknown

/** Calls `after` when a method of the page, or the setter of an accessor, has done its work; the page sees no difference. */
export function instrument(
  monitor: Monitor,
  target: object,
  name: string,
  after: (receiver: unknown, args: readonly unknown[], result: unknown) => void,
): Stoppable {
  const before = Object.getOwnPropertyDescriptor(target, name)
  const isMethod = typeof before?.value === 'function'
  const original = (isMethod ? before.value : before?.set) as Method | undefined
  if (!before?.configurable || !original) return { stop() {} }
  let isStopped = false
  const instrumented: Method = function (...args) {
    const result = Reflect.apply(original, this, args)
    if (!isStopped) monitor.run(() => after(this, args, result))
    return result
  }
  const now = isMethod ? { ...before, value: instrumented } : { ...before, set: instrumented }
  Object.defineProperty(target, name, now)
  return {
    stop() {
      isStopped = true
      const current = Object.getOwnPropertyDescriptor(target, name)
      // Somebody who instrumented it after us keeps our function, which does nothing any more.
      if ((isMethod ? current?.value : current?.set) === instrumented) Object.defineProperty(target, name, before)
    },
  }
}
