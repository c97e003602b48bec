import { Button, Center, EmptyState, Group, Loader, Text } from '@mantine/core'
import { IconCode, IconFilterOff, IconSettings } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useSiteScope } from '../../site/useSiteScope.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { DoorDrawing } from '../../ui/DoorDrawing.tsx'
import { Surface } from '../../ui/Surface.tsx'

/** A drawing needs more room than an icon. */
const DRAWN = { indicator: { width: 'auto', height: 'auto' } }

export function NoSites() {
  const { t } = useLanguage()
  return (
    <Center mih="70vh">
      <EmptyState
        size="lg"
        maw={520}
        styles={DRAWN}
        icon={<DoorDrawing height={190} />}
        title={t('empty.noSitesTitle')}
        description={t('empty.noSitesText')}
      >
        <EmptyState.Actions>
          <Button size="md" renderRoot={(props) => <Link to="/sites" {...props} />}>
            {t('empty.noSitesAction')}
          </Button>
        </EmptyState.Actions>
      </EmptyState>
    </Center>
  )
}

/** Nothing yet: what to do, and the list fills by itself when the first visitor agrees. */
export function NoRecordings() {
  const { t } = useLanguage()
  const { nearest } = useSiteScope()
  return (
    <Surface py={64}>
      <EmptyState
        size="lg"
        maw={560}
        styles={DRAWN}
        mx="auto"
        icon={<DoorDrawing height={190} />}
        title={t('empty.noRecordingsTitle')}
        description={t('empty.noRecordingsText')}
      >
        {nearest && (
          <EmptyState.Actions>
            <Button
              leftSection={<IconCode size={18} />}
              renderRoot={(props) => (
                <Link to="/sites/$siteId/install" params={{ siteId: String(nearest.id) }} {...props} />
              )}
            >
              {t('empty.install')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconSettings size={18} />}
              renderRoot={(props) => (
                <Link to="/sites/$siteId/settings" params={{ siteId: String(nearest.id) }} {...props} />
              )}
            >
              {t('empty.settings')}
            </Button>
          </EmptyState.Actions>
        )}
        <Group gap="xs" justify="center" mt="md" role="status">
          <Loader size={14} type="dots" />
          <Text size="sm" c="dimmed">
            {t('empty.waiting')}
          </Text>
        </Group>
      </EmptyState>
    </Surface>
  )
}

export function NoMatch({ onClear }: { readonly onClear: () => void }) {
  const { t } = useLanguage()
  return (
    <Surface py={48}>
      <EmptyState
        color="gray"
        variant="light"
        icon={<IconFilterOff stroke={1.5} />}
        title={t('empty.noMatchTitle')}
        description={t('empty.noMatchText')}
      >
        <EmptyState.Actions>
          <Button variant="default" onClick={onClear}>
            {t('filters.clear')}
          </Button>
        </EmptyState.Actions>
      </EmptyState>
    </Surface>
  )
}
