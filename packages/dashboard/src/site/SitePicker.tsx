import { Select } from '@mantine/core'
import { IconWorld } from '@tabler/icons-react'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useLanguage } from '../translations/LanguageProvider.tsx'
import { useSiteScope } from './useSiteScope.ts'

const ALL = 'all'

/** Chooses the site that recordings, installation and settings are about. */
export function SitePicker() {
  const { t } = useLanguage()
  const { sites, site, remember } = useSiteScope()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  if (sites.length === 0) return null

  const page = /^\/sites\/\d+\/(install|settings)$/.exec(pathname)?.[1]
  const choose = (value: string | null) => {
    const id = Number(value) || undefined
    remember(id)
    if (page && id) {
      const params = { siteId: String(id) }
      void (page === 'install'
        ? navigate({ to: '/sites/$siteId/install', params })
        : navigate({ to: '/sites/$siteId/settings', params }))
    } else if (page) {
      void navigate({ to: '/sites' })
    } else {
      void navigate({ to: '/recordings', search: id ? { site: id } : {} })
    }
  }

  return (
    <Select
      aria-label={t('sitePicker.label')}
      leftSection={<IconWorld size={16} stroke={1.75} />}
      data={[
        { value: ALL, label: t('sitePicker.all') },
        ...sites.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
      value={site ? String(site.id) : ALL}
      onChange={choose}
      allowDeselect={false}
      searchable={sites.length > 8}
      comboboxProps={{ withinPortal: true }}
    />
  )
}
