const PAUSE_MS = 25

/** Runs the expectation until it holds; after the deadline its last failure is the test's failure. */
export async function eventually<Value>(
  expectation: () => Value | Promise<Value>,
  deadlineMs = 10_000,
): Promise<Value> {
  const end = performance.now() + deadlineMs
  for (;;) {
    try {
      return await expectation()
    } catch (failure) {
      if (performance.now() > end) throw failure
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
}
