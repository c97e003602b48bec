import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { RecordingFilters } from '../../api/recordingFilters.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'

export function BackToList({ filters }: { readonly filters: RecordingFilters }) {
  const { t } = useLanguage()
  return (
    <Button
      variant="default"
      leftSection={<IconArrowLeft size={16} />}
      renderRoot={(props) => <Link to="/recordings" search={filters} {...props} />}
    >
      {t('replay.toList')}
    </Button>
  )
}
