import type { ChromiumPage } from '@vasistas/testing'

/** Share of pixels (0 to 1) that differ visibly between two PNGs of the same size; 1 when the sizes differ. */
export async function comparePictures(page: ChromiumPage, one: Buffer, other: Buffer): Promise<number> {
  return page.evaluate(
    async ([first, second]) => {
      const VISIBLE = 48
      async function pixelsOf(base64: string): Promise<ImageData> {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
        const context = canvas.getContext('2d')
        if (!context) throw new Error('no canvas')
        context.drawImage(bitmap, 0, 0)
        return context.getImageData(0, 0, bitmap.width, bitmap.height)
      }
      const [before, after] = [await pixelsOf(first), await pixelsOf(second)]
      if (before.width !== after.width || before.height !== after.height) return 1
      let different = 0
      for (let at = 0; at < before.data.length; at += 4) {
        const distance = [0, 1, 2].reduce(
          (sum, channel) => sum + Math.abs((before.data[at + channel] ?? 0) - (after.data[at + channel] ?? 0)),
          0,
        )
        if (distance > VISIBLE) different++
      }
      return different / (before.width * before.height)
    },
    [one.toString('base64'), other.toString('base64')] as const,
  )
}
