import { Button, Center, EmptyState, Group, Skeleton, Stack, Table, Text, ThemeIcon } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { AuditEntry } from '@vasistas/wire/api'
import { problemText } from '../../api/problemText.ts'
import { auditQuery } from '../../api/queries.ts'
import { useServices } from '../../api/ServicesProvider.tsx'
import { useNow } from '../../format/useNow.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { LoadFailure } from '../../ui/LoadFailure.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { actionLook } from './actionLook.ts'
import { AuditTarget } from './AuditTarget.tsx'

/** Who watched, exported, erased or changed what. */
export function ActivityPage() {
  const language = useLanguage()
  const { t } = language
  const { api } = useServices()
  const audit = useInfiniteQuery(auditQuery(api))
  const entries = audit.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Stack gap="lg" maw={960} mx="auto">
      <PageHeader title={t('nav.activity')} description={t('activity.text')} />
      <Surface p={0} style={{ overflow: 'hidden' }}>
        {audit.isPending ? (
          <Skeleton height={320} role="status" aria-label={t('state.loading')} />
        ) : audit.isError ? (
          <LoadFailure
            title={t('state.failed')}
            text={problemText(audit.error, language)}
            retryLabel={t('action.retry')}
            onRetry={() => void audit.refetch()}
          />
        ) : entries.length === 0 ? (
          <EmptyState py={48} color="gray" variant="light" icon={<IconHistory />} title={t('activity.empty')} />
        ) : (
          <Entries entries={entries} />
        )}
      </Surface>
      {audit.hasNextPage && (
        <Center>
          <Button
            variant="subtle"
            color="gray"
            loading={audit.isFetchingNextPage}
            onClick={() => void audit.fetchNextPage()}
          >
            {t('activity.more')}
          </Button>
        </Center>
      )}
    </Stack>
  )
}

function Entries({ entries }: { readonly entries: readonly AuditEntry[] }) {
  const { t, format } = useLanguage()
  const now = useNow()
  return (
    <Table horizontalSpacing="md" tabularNums>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('activity.what')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('activity.who')}</Table.Th>
          <Table.Th ta="right">{t('recordings.when')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map(({ at, actor, action, target }) => {
          const { icon: Icon, color, label } = actionLook(action)
          return (
            <Table.Tr key={`${at}${action}${target}${actor}`}>
              <Table.Td>
                <Group gap="sm" wrap="nowrap">
                  <ThemeIcon variant="light" color={color} radius="xl" size={32} aria-hidden>
                    <Icon size={17} stroke={1.75} />
                  </ThemeIcon>
                  <Stack gap={0} miw={0}>
                    <Text size="sm" fw={500}>
                      {label ? t(label) : action}
                    </Text>
                    <AuditTarget action={action} target={target} />
                    <Text size="xs" c="dimmed" hiddenFrom="sm">
                      {actor}
                    </Text>
                  </Stack>
                </Group>
              </Table.Td>
              <Table.Td visibleFrom="sm">
                <Text size="sm">{actor}</Text>
              </Table.Td>
              <Table.Td ta="right">
                <Text size="sm" title={format.dateTime(at)} style={{ whiteSpace: 'nowrap' }}>
                  {format.relative(at, now)}
                </Text>
              </Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}
