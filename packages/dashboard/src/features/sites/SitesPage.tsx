import { Badge, Button, Group, Modal, SimpleGrid, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAdjustments, IconCode, IconPlayerPlay, IconPlus, IconWorld } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Site } from '@vasistas/wire/api'
import { problemText } from '../../api/problemText.ts'
import { sitesQuery } from '../../api/queries.ts'
import { useServices } from '../../api/ServicesProvider.tsx'
import { SiteForm } from '../../site/SiteForm.tsx'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { LoadFailure } from '../../ui/LoadFailure.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Surface } from '../../ui/Surface.tsx'

/** The sites of the account, and a new one. */
export function SitesPage() {
  const language = useLanguage()
  const { t } = language
  const { api } = useServices()
  const sites = useQuery(sitesQuery(api))
  const [isCreating, creating] = useDisclosure(false)
  const navigate = useNavigate()
  return (
    <Stack gap="lg" maw={1080} mx="auto">
      <PageHeader title={t('nav.sites')} description={t('sites.text')}>
        <Button leftSection={<IconPlus size={16} />} onClick={creating.open}>
          {t('sites.new')}
        </Button>
      </PageHeader>
      {sites.isPending && <Skeleton height={180} radius="lg" role="status" aria-label={t('state.loading')} />}
      {sites.isError && (
        <Surface>
          <LoadFailure
            title={t('state.failed')}
            text={problemText(sites.error, language)}
            retryLabel={t('action.retry')}
            onRetry={() => void sites.refetch()}
          />
        </Surface>
      )}
      {sites.data?.length === 0 && <FirstSite />}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        {sites.data?.map((site) => (
          <SiteCard key={site.id} site={site} />
        ))}
      </SimpleGrid>
      <Modal opened={isCreating} onClose={creating.close} title={t('sites.new')}>
        <SiteForm
          onCreated={({ id }) => void navigate({ to: '/sites/$siteId/install', params: { siteId: String(id) } })}
        />
      </Modal>
    </Stack>
  )
}

function FirstSite() {
  const { t } = useLanguage()
  const navigate = useNavigate()
  return (
    <Surface maw={560}>
      <Title order={2} size="h4" mb={4}>
        {t('setUp.siteTitle')}
      </Title>
      <Text size="sm" c="dimmed" mb="lg">
        {t('setUp.siteText')}
      </Text>
      <SiteForm
        onCreated={({ id }) => void navigate({ to: '/sites/$siteId/install', params: { siteId: String(id) } })}
      />
    </Surface>
  )
}

function SiteCard({ site: { id, name, origins, recordings, settings } }: { readonly site: Site }) {
  const { t, format } = useLanguage()
  const params = { siteId: String(id) }
  return (
    <Surface component="article">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Group gap="sm" wrap="nowrap" miw={0}>
          <ThemeIcon size={40} radius="md" variant="light" aria-hidden>
            <IconWorld size={22} stroke={1.6} />
          </ThemeIcon>
          <Stack gap={0} miw={0}>
            <Title order={2} size="h5" textWrap="pretty">
              {name}
            </Title>
            <Text size="sm" c="dimmed" truncate>
              {origins.map((origin) => origin.replace(/^https?:\/\//, '')).join(', ')}
            </Text>
          </Stack>
        </Group>
        <Badge variant="dot" color={settings.recordingOn ? 'teal' : 'gray'} tt="none" style={{ flexShrink: 0 }}>
          {t(settings.recordingOn ? 'sites.recordingOn' : 'sites.recordingOff')}
        </Badge>
      </Group>
      <Text size="sm" mt="md">
        {t('sites.recordings', { count: recordings })} ·{' '}
        {t('sites.retention', { days: format.number(settings.retentionDays) })}
      </Text>
      <Group gap="xs" mt="md">
        <Button
          size="xs"
          variant="light"
          leftSection={<IconPlayerPlay size={15} />}
          renderRoot={(props) => <Link to="/recordings" search={{ site: id }} {...props} />}
        >
          {t('nav.recordings')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconAdjustments size={15} />}
          renderRoot={(props) => <Link to="/sites/$siteId/settings" params={params} {...props} />}
        >
          {t('nav.settings')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconCode size={15} />}
          renderRoot={(props) => <Link to="/sites/$siteId/install" params={params} {...props} />}
        >
          {t('nav.install')}
        </Button>
      </Group>
    </Surface>
  )
}
