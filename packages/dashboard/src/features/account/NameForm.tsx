import { Alert, Button, Group, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Agent } from '@vasistas/wire/api'
import { useState } from 'react'
import { problemText } from '../../api/problemText.ts'
import { useServices } from '../../api/ServicesProvider.tsx'
import { useLanguage } from '../../translations/LanguageProvider.tsx'

export function NameForm({ agent }: { readonly agent: Agent }) {
  const language = useLanguage()
  const { t } = language
  const { api } = useServices()
  const queryClient = useQueryClient()
  const [name, setName] = useState(agent.name)
  const rename = useMutation({
    mutationFn: () => api.updateAccount({ name: name.trim() }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['state'] })
      notifications.show({ message: t('state.saved') })
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        rename.mutate()
      }}
    >
      {rename.error && (
        <Alert role="alert" color="red" mb="sm">
          {problemText(rename.error, language)}
        </Alert>
      )}
      <Group align="flex-end">
        <TextInput
          flex={1}
          label={t('setUp.name')}
          autoComplete="name"
          maxLength={100}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          disabled={name.trim() === '' || name.trim() === agent.name}
          loading={rename.isPending}
        >
          {t('action.save')}
        </Button>
      </Group>
    </form>
  )
}
