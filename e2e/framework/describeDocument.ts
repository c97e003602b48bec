import type { ChromiumPage } from '@vasistas/testing'
import { describePage, type DescribedElement } from './describePage.ts'

/**
 * Describes a document of a page (`document`, or an expression for one in it) from an isolated world: the page's own
 * scripts can neither see nor change what is read.
 */
export async function describeDocument(
  page: ChromiumPage,
  document = 'document',
): Promise<readonly DescribedElement[]> {
  const cdp = await page.context().newCDPSession(page)
  try {
    const { frameTree } = await cdp.send('Page.getFrameTree')
    const { executionContextId } = await cdp.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id })
    const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
      expression: `(${describePage.toString()})(${document})`,
      contextId: executionContextId,
      returnByValue: true,
    })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value as readonly DescribedElement[]
  } finally {
    await cdp.detach()
  }
}
