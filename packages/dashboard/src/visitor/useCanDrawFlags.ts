import { useQuery } from '@tanstack/react-query'

const SIZE = 24

/** Whether emoji flags are drawn as flags here; looked at once. */
export function useCanDrawFlags(): boolean {
  const { data = false } = useQuery({ queryKey: ['can-draw-flags'], queryFn: canDrawFlags, staleTime: Infinity })
  return data
}

/** Draws the flag of France in black: colour in it can only come from a picture of the flag. */
function canDrawFlags(): boolean {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIZE
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return false
  context.font = `${SIZE - 6}px sans-serif`
  context.fillText('\u{1f1eb}\u{1f1f7}', 0, SIZE - 6)
  const { data } = context.getImageData(0, 0, SIZE, SIZE)
  for (let pixel = 0; pixel < data.length; pixel += 4) {
    const [red = 0, green = 0, blue = 0] = data.subarray(pixel, pixel + 3)
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > 60) return true
  }
  return false
}
