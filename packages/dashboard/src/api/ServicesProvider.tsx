import { createContext, use, useEffect, useEffectEvent, type ReactNode } from 'react'
import type { ApiClient } from './apiClient.ts'
import type { LiveListener, LiveSocket } from './liveSocket.ts'

export interface Services {
  readonly api: ApiClient
  readonly live: LiveSocket
}

const ServicesContext = createContext<Services | undefined>(undefined)

export function ServicesProvider({
  services,
  children,
}: {
  readonly services: Services
  readonly children: ReactNode
}) {
  return <ServicesContext value={services}>{children}</ServicesContext>
}

export function useServices(): Services {
  const services = use(ServicesContext)
  if (!services) throw new Error('useServices needs a ServicesProvider above it')
  return services
}

/** Hears the server's hints for as long as the component is shown. */
export function useLive(listener: LiveListener): void {
  const { live } = useServices()
  const hear = useEffectEvent(listener)
  useEffect(() => {
    const subscription = live.subscribe((event) => hear(event))
    return () => subscription.stop()
  }, [live])
}
