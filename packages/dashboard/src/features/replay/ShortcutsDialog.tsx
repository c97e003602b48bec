import { Group, Kbd, Modal, Stack, Text } from '@mantine/core'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import type { MessageKey } from '../../translations/translator.ts'

const KEYS: readonly { readonly keys: readonly string[]; readonly label: MessageKey }[] = [
  { keys: ['␣'], label: 'shortcut.toggle' },
  { keys: ['←', '→'], label: 'shortcut.step' },
  { keys: ['⇧ ←', '⇧ →'], label: 'shortcut.longStep' },
  { keys: [',', '.'], label: 'shortcut.marker' },
  { keys: ['<', '>'], label: 'shortcut.speed' },
  { keys: ['0', '…', '9'], label: 'shortcut.tenth' },
  { keys: ['Home', 'End'], label: 'shortcut.ends' },
  { keys: ['S'], label: 'shortcut.skipInactivity' },
  { keys: ['F'], label: 'shortcut.fullScreen' },
  { keys: ['?'], label: 'shortcut.help' },
]

export function ShortcutsDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useLanguage()
  return (
    <Modal opened={opened} onClose={onClose} title={t('replay.shortcuts')}>
      <Stack gap="sm">
        {KEYS.map(({ keys, label }) => (
          <Group key={label} justify="space-between" wrap="nowrap">
            <Text size="sm">{t(label)}</Text>
            <Group gap={4} wrap="nowrap">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </Group>
          </Group>
        ))}
      </Stack>
    </Modal>
  )
}
