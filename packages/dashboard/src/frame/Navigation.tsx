import { Group, NavLink, Stack, Text, UnstyledButton } from '@mantine/core'
import {
  IconAdjustments,
  IconCode,
  IconHeartbeat,
  IconHistory,
  IconPlayerPlay,
  IconWorld,
  type TablerIcon,
} from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import { useSiteScope } from '../site/useSiteScope.ts'
import { useLanguage } from '../translations/LanguageProvider.tsx'
import type { MessageKey } from '../translations/translator.ts'

interface Place {
  readonly to: '/recordings' | '/sites' | '/activity' | '/health'
  readonly label: MessageKey
  readonly icon: TablerIcon
}

const PLACES: readonly Place[] = [
  { to: '/recordings', label: 'nav.recordings', icon: IconPlayerPlay },
  { to: '/sites', label: 'nav.sites', icon: IconWorld },
  { to: '/activity', label: 'nav.activity', icon: IconHistory },
  { to: '/health', label: 'nav.health', icon: IconHeartbeat },
]

/** Which place is the current one is decided here (`isAt`), not by the router. */
const EXACT = { exact: true, includeSearch: true }

export function SideNavigation() {
  const { t } = useLanguage()
  const { nearest, site } = useSiteScope()
  const { pathname } = useLocation()
  return (
    <Stack component="nav" gap="lg" aria-label={t('nav.label')}>
      <Stack gap={2}>
        {PLACES.map(({ to, label, icon: Icon }) => (
          <SideLink key={to} label={t(label)} icon={Icon} isActive={isAt(pathname, to)}>
            {(props) => (
              <Link
                to={to}
                search={to === '/recordings' && site ? { site: site.id } : {}}
                activeOptions={EXACT}
                {...props}
              />
            )}
          </SideLink>
        ))}
      </Stack>
      {nearest && (
        <Stack gap={2}>
          <Text size="xs" fw={600} c="dimmed" px="sm" pb={4} truncate>
            {nearest.name}
          </Text>
          <SideLink label={t('nav.settings')} icon={IconAdjustments} isActive={pathname.endsWith('/settings')}>
            {(props) => <Link to="/sites/$siteId/settings" params={{ siteId: String(nearest.id) }} {...props} />}
          </SideLink>
          <SideLink label={t('nav.install')} icon={IconCode} isActive={pathname.endsWith('/install')}>
            {(props) => <Link to="/sites/$siteId/install" params={{ siteId: String(nearest.id) }} {...props} />}
          </SideLink>
        </Stack>
      )}
    </Stack>
  )
}

interface SideLinkProps {
  readonly label: string
  readonly icon: TablerIcon
  readonly isActive: boolean
  readonly children: (props: Record<string, unknown>) => React.ReactNode
}

function SideLink({ label, icon: Icon, isActive, children }: SideLinkProps) {
  return (
    <NavLink
      label={label}
      leftSection={<Icon size={18} stroke={1.75} />}
      active={isActive}
      aria-current={isActive ? 'page' : undefined}
      fw={isActive ? 600 : 500}
      style={{ borderRadius: 'var(--mantine-radius-md)' }}
      renderRoot={children}
    />
  )
}

/** Thumb's reach: the same places at the bottom of a phone. */
export function TabNavigation() {
  const { t } = useLanguage()
  const { site } = useSiteScope()
  const { pathname } = useLocation()
  return (
    <Group component="nav" h="100%" grow gap={0} wrap="nowrap" aria-label={t('nav.label')}>
      {PLACES.map(({ to, label, icon: Icon }) => {
        const isActive = isAt(pathname, to)
        return (
          <UnstyledButton
            key={to}
            h="100%"
            aria-current={isActive ? 'page' : undefined}
            renderRoot={(props) => (
              <Link
                to={to}
                search={to === '/recordings' && site ? { site: site.id } : {}}
                activeOptions={EXACT}
                {...props}
              />
            )}
          >
            <Stack gap={2} align="center" justify="center" h="100%" c={isActive ? 'teal' : 'dimmed'}>
              <Icon size={20} stroke={1.75} />
              <Text fz={11} fw={isActive ? 600 : 500}>
                {t(label)}
              </Text>
            </Stack>
          </UnstyledButton>
        )
      })}
    </Group>
  )
}

/** A site's own pages are listed apart in the side bar. */
function isAt(pathname: string, to: string): boolean {
  return to === '/sites' ? pathname === to : pathname.startsWith(to)
}
