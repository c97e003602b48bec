import { Box, Group, List, PasswordInput, Progress, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { PasswordVerdict, PasswordWeakness } from '@vasistas/wire/api'
import { useServices } from '../api/ServicesProvider.tsx'
import { useLanguage } from '../translations/LanguageProvider.tsx'
import type { MessageKey } from '../translations/translator.ts'

const TYPING_PAUSE_MS = 250
const COLORS = ['red', 'red', 'orange', 'teal', 'teal'] as const
const GRADES: readonly MessageKey[] = ['strength.0', 'strength.1', 'strength.2', 'strength.3', 'strength.4']
const WEAKNESSES: Readonly<Record<PasswordWeakness, MessageKey>> = {
  'too-short': 'weakness.tooShort',
  'too-long': 'weakness.tooLong',
  common: 'weakness.common',
  'contains-email': 'weakness.containsEmail',
  'contains-name': 'weakness.containsName',
  'dictionary-word': 'weakness.dictionaryWord',
  'keyboard-pattern': 'weakness.keyboardPattern',
  repeated: 'weakness.repeated',
  sequence: 'weakness.sequence',
  date: 'weakness.date',
  guessable: 'weakness.guessable',
}

interface NewPasswordInputProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly email: string
  readonly name: string
  readonly error?: string | undefined
}

/** A password to be: its strength while it is typed, and why it would be refused. The server decides in the end. */
export function NewPasswordInput({ label, value, onChange, email, name, error }: NewPasswordInputProps) {
  const { t } = useLanguage()
  const { data: verdict } = usePasswordVerdict({ email, name, password: value })
  return (
    <Box>
      <PasswordInput
        label={label}
        description={t('password.hint')}
        autoComplete="new-password"
        required
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        error={error}
      />
      <Box aria-live="polite">{value && verdict && <Verdict verdict={verdict} />}</Box>
    </Box>
  )
}

function usePasswordVerdict(about: { email: string; name: string; password: string }) {
  const { api } = useServices()
  const [settled] = useDebouncedValue(about, TYPING_PAUSE_MS, { leading: true })
  return useQuery({
    queryKey: ['password-strength', settled],
    queryFn: ({ signal }) => api.passwordStrength(settled, signal),
    enabled: settled.password !== '',
    placeholderData: keepPreviousData,
    // A password stays nowhere longer than it must.
    gcTime: 0,
    retry: false,
  })
}

function Verdict({ verdict: { accepted, score, weaknesses } }: { readonly verdict: PasswordVerdict }) {
  const { t } = useLanguage()
  const color = COLORS[score]
  return (
    <Box mt="xs">
      <Group gap="sm" wrap="nowrap">
        <Progress flex={1} size="sm" value={(score + 1) * 20} color={color} aria-hidden />
        <Group gap={4} wrap="nowrap" c={color}>
          {accepted ? <IconCircleCheck size={16} /> : <IconAlertTriangle size={16} />}
          <Text size="xs" fw={600}>
            {t(GRADES[score] ?? 'strength.0')}
          </Text>
        </Group>
      </Group>
      {weaknesses.length > 0 && (
        <List size="xs" mt={6} c="dimmed" spacing={2}>
          {weaknesses.map((weakness) => (
            <List.Item key={weakness}>{t(WEAKNESSES[weakness])}</List.Item>
          ))}
        </List>
      )}
    </Box>
  )
}
