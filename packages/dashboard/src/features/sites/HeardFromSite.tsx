import { Alert, Button, Group, Loader, Text } from '@mantine/core'
import { IconCircleCheckFilled } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Installation, Site } from '@vasistas/wire/api'
import { installationQuery } from '../../api/queries.ts'
import { useLive, useServices } from '../../api/ServicesProvider.tsx'
import { useNow } from '../../format/useNow.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'

interface HeardFromSiteProps {
  readonly site: Site
  readonly installation: Installation
}

/** Grey while nothing was heard, green the moment a page of the site speaks for the first time. */
export function HeardFromSite({ site, installation: { heardAt, origin } }: HeardFromSiteProps) {
  const { t, format } = useLanguage()
  const { api } = useServices()
  const queryClient = useQueryClient()
  const now = useNow()
  useLive((event) => {
    if (event.type !== 'site.heard' || event.siteId !== site.id) return
    queryClient.setQueryData(
      installationQuery(api, site.id).queryKey,
      (known) => known && { ...known, heardAt: event.at, origin: event.origin },
    )
  })

  if (heardAt === null) {
    return (
      <Alert
        role="status"
        color="gray"
        variant="light"
        icon={<Loader size={18} color="gray" />}
        title={t('install.waitingTitle')}
      >
        {t('install.waitingText')}
      </Alert>
    )
  }
  return (
    <Alert role="status" color="teal" variant="light" icon={<IconCircleCheckFilled />} title={t('install.heardTitle')}>
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          {t('install.heardText', { when: format.relative(heardAt, now), origin: origin ?? site.name })}
        </Text>
        <Button size="xs" renderRoot={(props) => <Link to="/recordings" search={{ site: site.id }} {...props} />}>
          {t('install.toRecordings')}
        </Button>
      </Group>
    </Alert>
  )
}
