import type { MeasuredRecorder } from './measured.types.ts'

/** The page is quiet when nothing of the recorder is left to do; the same for everybody. */
const SETTLE_MS = 600
const ROWS = 1000
const ROUNDS = 6

/** A product list of about `nodes` nodes: elements, text, attributes and some style, as shops have them. */
export function buildPage(nodes: number): void {
  const cards = Math.round(nodes / 10)
  const parts: string[] = []
  for (let index = 0; index < cards; index++)
    parts.push(
      `<div class="card c${index % 7}" id="card-${index}"><h3 class="title">Product ${index}</h3>` +
        `<p>Soft, warm and made to last</p><a href="/products/${index}" class="link">See more</a><b>now</b></div>`,
    )
  document.body.innerHTML = `<style>.card{padding:2px}.title{margin:0}</style><main>${parts.join('')}</main>`
}

/** Starts the recorder and ends once its first full snapshot was made and the page is quiet. */
export async function takeSnapshot(recorder: MeasuredRecorder): Promise<void> {
  await start(recorder)
  await pause(SETTLE_MS)
}

/** Create, update and remove 1,000 rows, round after round. Answers the milliseconds the page waited for its own operations. */
export async function runStorm(recorder: MeasuredRecorder): Promise<number> {
  document.body.innerHTML = '<table><tbody></tbody></table>'
  await start(recorder)
  await pause(SETTLE_MS)
  const body = document.querySelector('tbody')
  if (!body) throw new Error('no table body')
  let blocked = 0
  for (let round = 0; round < ROUNDS; round++) {
    for (const operation of [
      () => createRows(body, round),
      () => updateRows(body, round),
      () => body.replaceChildren(),
    ]) {
      blocked += await timeOperation(operation)
      await nextFrame()
    }
  }
  await pause(SETTLE_MS)
  return blocked
}

/** In a task of the page's own, as on any site: what a debugger runs is not counted as a long task. */
function start(recorder: MeasuredRecorder): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => recorder.start(resolve), 0)
  })
}

/** The operation and the mutation observers' microtasks right after it: what the page itself has to wait for. */
async function timeOperation(operation: () => void): Promise<number> {
  const startedAt = performance.now()
  operation()
  await Promise.resolve()
  await Promise.resolve()
  return performance.now() - startedAt
}

function createRows(body: HTMLElement, round: number): void {
  for (let index = 0; index < ROWS; index++) {
    const row = document.createElement('tr')
    for (const text of [String(index), `row ${index} of round ${round}`, 'remove']) {
      const cell = document.createElement('td')
      cell.className = 'cell'
      cell.append(text)
      row.append(cell)
    }
    body.append(row)
  }
}

function updateRows(body: HTMLElement, round: number): void {
  for (const [index, row] of [...body.children].entries()) {
    if (index % 2 === 0) row.className = `chosen r${round}`
    const text = row.children[1]?.firstChild
    if (text instanceof Text) text.data = `changed ${index} in ${round}`
  }
}

const pause = (durationMs: number) => new Promise<void>((resolve) => setTimeout(resolve, durationMs))
const nextFrame = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))
