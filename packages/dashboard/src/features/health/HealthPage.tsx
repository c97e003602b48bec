import { Alert, Code, Group, SimpleGrid, Skeleton, Stack, Table, Text, Title } from '@mantine/core'
import { IconCircleCheckFilled } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Health } from '@vasistas/wire/api'
import { problemText } from '../../api/problemText.ts'
import { healthQuery } from '../../api/queries.ts'
import { useServices } from '../../api/ServicesProvider.tsx'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import type { MessageKey } from '../../translations/translator.ts'
import { LoadFailure } from '../../ui/LoadFailure.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { reasonText } from './reasonText.ts'

/** How the server does: what it took in, refused and set aside, each with what it means. */
export function HealthPage() {
  const language = useLanguage()
  const { t } = language
  const { api } = useServices()
  const health = useQuery(healthQuery(api))
  return (
    <Stack gap="lg" maw={1080} mx="auto">
      <PageHeader title={t('nav.health')} description={t('health.text')} />
      {health.isPending && <Skeleton height={300} radius="lg" role="status" aria-label={t('state.loading')} />}
      {health.isError && !health.data && (
        <Surface>
          <LoadFailure
            title={t('state.failed')}
            text={problemText(health.error, language)}
            retryLabel={t('action.retry')}
            onRetry={() => void health.refetch()}
          />
        </Surface>
      )}
      {health.data && <HealthFigures health={health.data} />}
    </Stack>
  )
}

function HealthFigures({ health }: { readonly health: Health }) {
  const { t, format } = useLanguage()
  const isQuiet = health.poisoned.length === 0 && health.quarantined.length === 0 && health.refused.length === 0
  return (
    <>
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="md">
        <Figure
          label={t('health.accepted')}
          value={format.number(health.acceptedBatches)}
          hint={t('health.acceptedHint')}
        />
        <Figure label={t('health.backlog')} value={format.number(health.indexBacklog)} hint={t('health.backlogHint')} />
        <Figure label={t('health.stored')} value={format.bytes(health.storedBytes)} hint={t('health.storedHint')} />
        <Figure label={t('health.free')} value={format.bytes(health.diskFreeBytes)} hint={t('health.freeHint')} />
      </SimpleGrid>
      {isQuiet ? (
        <Alert color="teal" icon={<IconCircleCheckFilled />}>
          {t('health.quiet')}
        </Alert>
      ) : (
        <SimpleGrid cols={{ base: 1, md: 3 }} spacing="md">
          <Reasons title="health.refused" text="health.refusedText" reasons={health.refused} />
          <Reasons title="health.quarantined" text="health.quarantinedText" reasons={health.quarantined} />
          <Reasons title="health.poisoned" text="health.poisonedText" reasons={health.poisoned} />
        </SimpleGrid>
      )}
      <Text size="sm" c="dimmed">
        {t('health.since', { version: health.version, when: format.dateTime(health.startedAt) })} ·{' '}
        {t('health.duplicates', { count: health.duplicateBatches })}
      </Text>
    </>
  )
}

function Figure({ label, value, hint }: { readonly label: string; readonly value: string; readonly hint: string }) {
  return (
    <Surface>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text fz={28} fw={650} lh={1.3} style={{ fontVariantNumeric: 'tabular-nums' }}>
        {value}
      </Text>
      <Text size="xs" c="dimmed" mt={4}>
        {hint}
      </Text>
    </Surface>
  )
}

interface ReasonsProps {
  readonly title: MessageKey
  readonly text: MessageKey
  readonly reasons: Health['refused']
}

function Reasons({ title, text, reasons }: ReasonsProps) {
  const { t, format } = useLanguage()
  return (
    <Surface>
      <Title order={2} size="h5">
        {t(title)}
      </Title>
      <Text size="xs" c="dimmed" mb="sm">
        {t(text)}
      </Text>
      {reasons.length === 0 ? (
        <Text size="sm">{t('health.none')}</Text>
      ) : (
        <Table tabularNums verticalSpacing={6} horizontalSpacing={0}>
          <Table.Tbody>
            {reasons.map(({ reason, count }) => {
              const key = reasonText(reason)
              return (
                <Table.Tr key={reason}>
                  <Table.Td>
                    <Group gap="xs">{key ? <Text size="sm">{t(key)}</Text> : <Code>{reason}</Code>}</Group>
                  </Table.Td>
                  <Table.Td ta="right">{format.number(count)}</Table.Td>
                </Table.Tr>
              )
            })}
          </Table.Tbody>
        </Table>
      )}
    </Surface>
  )
}
