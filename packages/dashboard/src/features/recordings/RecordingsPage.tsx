import { Affix, Box, Button, Center, Stack, Text, Transition } from '@mantine/core'
import { useIntersection, useMediaQuery } from '@mantine/hooks'
import { IconArrowUp } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { problemText } from '../../api/problemText.ts'
import { countFilters, toListQuery, type RecordingFilters } from '../../api/recordingFilters.ts'
import { useSiteScope } from '../../site/useSiteScope.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { LoadFailure } from '../../ui/LoadFailure.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useIsPhone } from '../../ui/useIsPhone.ts'
import { Surface } from '../../ui/Surface.tsx'
import { NoMatch, NoRecordings, NoSites } from './EmptyRecordings.tsx'
import { RecordingCards } from './RecordingCards.tsx'
import { RecordingFilterBar } from './RecordingFilterBar.tsx'
import { RecordingsSkeleton } from './RecordingsSkeleton.tsx'
import { RecordingTable } from './RecordingTable.tsx'
import { useRecordingSearch } from './useRecordingSearch.ts'

/** Find a recording: newest first, narrowed by filters that are in the address. */
export function RecordingsPage() {
  const { t } = useLanguage()
  const filters = useSearch({ from: '/signed-in/recordings' })
  const navigate = useNavigate()
  const { site, sites, isLoading } = useSiteScope()
  const setFilters = (next: RecordingFilters) => void navigate({ to: '/recordings', search: next, replace: true })

  if (!isLoading && sites.length === 0) return <NoSites />
  return (
    <Stack gap="lg" maw={1280} mx="auto">
      <PageHeader title={t('recordings.title')} description={site ? site.name : t('recordings.allSites')} />
      <RecordingFilterBar filters={filters} onChange={setFilters} />
      <RecordingList filters={filters} onChange={setFilters} />
    </Stack>
  )
}

interface RecordingListProps {
  readonly filters: RecordingFilters
  readonly onChange: (filters: RecordingFilters) => void
}

function RecordingList({ filters, onChange }: RecordingListProps) {
  const language = useLanguage()
  const { t } = language
  const query = useMemo(() => toListQuery(filters), [filters])
  const { search, recordings, newCount, showNew } = useRecordingSearch(query)
  const isNarrow = useMediaQuery('(max-width: 62em)', undefined, { getInitialValueInEffect: false })

  if (search.isPending) return <RecordingsSkeleton />
  if (search.isError && recordings.length === 0) {
    return (
      <Surface>
        <LoadFailure
          title={t('recordings.failed')}
          text={problemText(search.error, language)}
          retryLabel={t('action.retry')}
          onRetry={() => void search.refetch()}
        />
      </Surface>
    )
  }
  if (recordings.length === 0) {
    return countFilters(filters) > 0 ? (
      <NoMatch onClear={() => onChange(filters.site === undefined ? {} : { site: filters.site })} />
    ) : (
      <NoRecordings />
    )
  }
  return (
    <Box>
      <NewRecordings
        count={newCount}
        onShow={() => {
          showNew()
          window.scrollTo({ top: 0, behavior: 'smooth' })
        }}
      />
      {isNarrow ? (
        <RecordingCards recordings={recordings} filters={filters} />
      ) : (
        <RecordingTable recordings={recordings} filters={filters} onFilter={onChange} />
      )}
      <MoreRecordings
        hasMore={search.hasNextPage}
        isLoading={search.isFetchingNextPage}
        onMore={() => void search.fetchNextPage()}
      />
    </Box>
  )
}

function NewRecordings({ count, onShow }: { readonly count: number; readonly onShow: () => void }) {
  const { t } = useLanguage()
  const isPhone = useIsPhone()
  return (
    <Affix position={{ top: isPhone ? 68 : 20, left: '50%' }} role="status">
      <Transition mounted={count > 0} transition="slide-down">
        {(style) => (
          <Button
            radius="xl"
            size="sm"
            leftSection={<IconArrowUp size={16} />}
            style={{ ...style, translate: '-50%', boxShadow: 'var(--mantine-shadow-md)' }}
            onClick={onShow}
          >
            {t('recordings.new', { count })}
          </Button>
        )}
      </Transition>
    </Affix>
  )
}

interface MoreRecordingsProps {
  readonly hasMore: boolean
  readonly isLoading: boolean
  readonly onMore: () => void
}

/** The next page comes when the end of the list comes near; the button is there for the keyboard. */
function MoreRecordings({ hasMore, isLoading, onMore }: MoreRecordingsProps) {
  const { t } = useLanguage()
  const { ref, entry } = useIntersection({ rootMargin: '600px' })
  const isNear = entry?.isIntersecting ?? false
  useEffect(() => {
    if (isNear && hasMore && !isLoading) onMore()
  })
  return (
    <Center ref={ref} py="lg">
      {hasMore ? (
        <Button variant="subtle" color="gray" loading={isLoading} onClick={onMore}>
          {t('recordings.more')}
        </Button>
      ) : (
        <Text size="sm" c="dimmed">
          {t('recordings.end')}
        </Text>
      )}
    </Center>
  )
}
