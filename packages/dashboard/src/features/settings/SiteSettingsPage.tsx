import { Alert, Fieldset, Grid, Skeleton, Stack } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { Site } from '@vasistas/wire/api'
import { useState } from 'react'
import { stateQuery } from '../../api/queries.ts'
import { useServices } from '../../api/ServicesProvider.tsx'
import { useSiteScope } from '../../site/useSiteScope.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ElementSettings } from './ElementSettings.tsx'
import { FormSettings } from './FormSettings.tsx'
import { PageSettings } from './PageSettings.tsx'
import { PrivacyPreview } from './PrivacyPreview.tsx'
import { RecordingSettings } from './RecordingSettings.tsx'
import { SaveBar } from './SaveBar.tsx'
import type { SettingsPart } from './settingsPart.types.ts'
import { draftOf, type SiteDraft } from './siteDraft.ts'
import { SiteSection } from './SiteSection.tsx'
import { TextSettings } from './TextSettings.tsx'

/** What a site records, with what that means shown beside it. */
export function SiteSettingsPage() {
  const { t } = useLanguage()
  const { siteId } = useParams({ from: '/signed-in/sites/$siteId/settings' })
  const { sites, isLoading } = useSiteScope()
  const site = sites.find(({ id }) => String(id) === siteId)
  if (isLoading) return <Skeleton height="70vh" radius="lg" role="status" aria-label={t('state.loading')} />
  if (!site) return <NotFound title={t('problem.siteNotFound')} />
  return <SiteSettingsForm key={site.id} site={site} />
}

function SiteSettingsForm({ site }: { readonly site: Site }) {
  const { t } = useLanguage()
  const { api } = useServices()
  const { data: state } = useQuery(stateQuery(api))
  const [draft, setDraft] = useState<SiteDraft>(() => draftOf(site))
  const mayChange = state?.agent?.role === 'owner' || state?.agent?.role === 'admin'
  const part: SettingsPart = {
    settings: draft.settings,
    onChange: (change) => setDraft((current) => ({ ...current, settings: { ...current.settings, ...change } })),
  }
  return (
    <Stack gap="lg" maw={1240} mx="auto" pb={96}>
      <PageHeader title={t('settings.title')} description={site.name} />
      {!mayChange && (
        <Alert color="gray" icon={<IconLock />}>
          {t('settings.readOnly')}
        </Alert>
      )}
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Fieldset variant="unstyled" mx={0} disabled={!mayChange}>
            <Stack gap="lg">
              <RecordingSettings {...part} />
              <FormSettings {...part} />
              <TextSettings {...part} />
              <ElementSettings {...part} />
              <PageSettings {...part} />
              <SiteSection draft={draft} onChange={(change) => setDraft((current) => ({ ...current, ...change }))} />
            </Stack>
          </Fieldset>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <PrivacyPreview policy={draft.settings} />
        </Grid.Col>
      </Grid>
      <SaveBar
        site={site}
        draft={draft}
        onDiscard={() => setDraft(draftOf(site))}
        onSaved={(saved) => setDraft(draftOf(saved))}
      />
    </Stack>
  )
}
