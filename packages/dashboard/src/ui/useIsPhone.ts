import { useMediaQuery } from '@mantine/hooks'

/** Below the width at which the side bar gives way to tabs; known before the first picture. */
export function useIsPhone(): boolean {
  return useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
}
