/** Our failure is ours: it is reported by a code and never reaches the page that hosts us. */
export interface Monitor {
  /** The function's value, or nothing when it threw. */
  run<Value>(action: () => Value): Value | undefined
  wrap<Arguments extends unknown[]>(action: (...args: Arguments) => void): (...args: Arguments) => void
}

/** `report` gets the error's class name only: messages and stacks may hold page content (leaks.md L223). */
export function createMonitor(report: (code: string) => void): Monitor {
  function run<Value>(action: () => Value): Value | undefined {
    try {
      return action()
    } catch (failure) {
      try {
        report(failure instanceof Error ? failure.name : 'Unknown')
      } catch {
        // A reporter that fails has nobody left to tell, and the host page must not learn of it.
      }
      return undefined
    }
  }
  return {
    run,
    wrap:
      (action) =>
      (...args) => {
        run(() => action(...args))
      },
  }
}
