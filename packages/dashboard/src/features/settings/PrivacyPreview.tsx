import { Badge, Box, Group, Stack, Table, Text, Title } from '@mantine/core'
import { IconEyeOff, IconEyeCheck, IconLock, IconWand, IconBan, type TablerIcon } from '@tabler/icons-react'
import type { PrivacyPolicy } from '@vasistas/wire/core'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import type { MessageKey } from '../../translations/translator.ts'
import { Surface } from '../../ui/Surface.tsx'
import { previewRecording, type PreviewOutcome, type PreviewRow } from './previewRecording.ts'

const OUTCOMES: Readonly<
  Record<PreviewOutcome, { readonly icon: TablerIcon; readonly color: string; readonly label: MessageKey }>
> = {
  kept: { icon: IconEyeCheck, color: 'blue', label: 'preview.kept' },
  changed: { icon: IconWand, color: 'orange', label: 'preview.changed' },
  masked: { icon: IconEyeOff, color: 'teal', label: 'preview.masked' },
  nothing: { icon: IconBan, color: 'teal', label: 'preview.nothing' },
}

/** Examples through the recorder's own rules, as the settings stand now. */
export function PrivacyPreview({ policy }: { readonly policy: PrivacyPolicy }) {
  const { t } = useLanguage()
  const rows = previewRecording(policy, {
    text: t('sample.text'),
    contact: t('sample.contact'),
    search: t('sample.search'),
    email: 'marie@example.com',
    orderNumber: '20417733',
  })
  return (
    <Box pos="sticky" top={24}>
      <Surface component="section" aria-label={t('preview.title')}>
        <Title order={2} size="h5">
          {t('preview.title')}
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          {t('preview.about')}
        </Text>
        <Table verticalSpacing={8} horizontalSpacing={0} layout="fixed">
          <Table.Tbody>
            {rows.map((row) => (
              <PreviewLine key={row.name} row={row} />
            ))}
          </Table.Tbody>
        </Table>
      </Surface>
    </Box>
  )
}

function PreviewLine({ row: { name, original, recorded, outcome, isNever } }: { readonly row: PreviewRow }) {
  const { t } = useLanguage()
  const { icon: Icon, color, label } = OUTCOMES[outcome]
  return (
    <Table.Tr>
      <Table.Td>
        <Stack gap={1}>
          <Group gap={6} justify="space-between" wrap="nowrap">
            <Text size="xs" c="dimmed">
              {t(`previewRow.${name}`)}
            </Text>
            <Badge
              size="sm"
              variant="light"
              color={color}
              tt="none"
              style={{ flexShrink: 0 }}
              leftSection={isNever ? <IconLock size={11} /> : <Icon size={11} />}
            >
              {t(isNever && outcome === 'masked' ? 'preview.never' : label)}
            </Badge>
          </Group>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {original}
          </Text>
          {outcome !== 'kept' && (
            <Text size="sm" ff="monospace" c={color} style={{ overflowWrap: 'anywhere' }}>
              {recorded || t('preview.nothingStored')}
            </Text>
          )}
        </Stack>
      </Table.Td>
    </Table.Tr>
  )
}
