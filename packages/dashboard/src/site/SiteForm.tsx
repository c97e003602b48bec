import { Alert, Button, Group, Stack, TagsInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconAlertCircle } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Site } from '@vasistas/wire/api'
import type { ReactNode } from 'react'
import { problemText } from '../api/problemText.ts'
import { useServices } from '../api/ServicesProvider.tsx'
import { useLanguage } from '../translations/LanguageProvider.tsx'
import { parseOrigin } from './parseOrigin.ts'

interface SiteFormProps {
  readonly onCreated: (site: Site) => void
  /** Beside the button: a way out, for instance. */
  readonly children?: ReactNode
}

/** A name and the addresses under which the site is visited. */
export function SiteForm({ onCreated, children }: SiteFormProps) {
  const language = useLanguage()
  const { t } = language
  const { api } = useServices()
  const queryClient = useQueryClient()
  const form = useForm({
    initialValues: { name: '', origins: [] as string[] },
    validate: {
      name: (name) => (name.trim() ? null : t('site.nameMissing')),
      origins: (origins) => (origins.length > 0 ? null : t('site.originMissing')),
    },
  })
  const create = useMutation({
    mutationFn: api.createSite,
    onSuccess: async (site) => {
      await queryClient.invalidateQueries({ queryKey: ['sites'] })
      onCreated(site)
    },
  })

  const setOrigins = (written: readonly string[]) => {
    const origins = written.map((text) => parseOrigin(text))
    const wrong = written.find((_, index) => origins[index] === undefined)
    if (wrong !== undefined) return form.setFieldError('origins', t('site.originWrong', { origin: wrong }))
    form.clearFieldError('origins')
    form.setFieldValue('origins', [...new Set(origins.filter((origin) => origin !== undefined))])
  }

  return (
    <form noValidate onSubmit={form.onSubmit(({ name, origins }) => create.mutate({ name: name.trim(), origins }))}>
      <Stack>
        {create.error && (
          <Alert color="red" icon={<IconAlertCircle />} role="alert">
            {problemText(create.error, language)}
          </Alert>
        )}
        <TextInput
          label={t('site.name')}
          description={t('site.nameHint')}
          placeholder={t('site.namePlaceholder')}
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
        <TagsInput
          label={t('site.origins')}
          description={t('site.originsHint')}
          placeholder={form.values.origins.length === 0 ? 'https://shop.example' : ''}
          required
          splitChars={[',', ' ']}
          acceptValueOnBlur
          value={form.values.origins}
          onChange={setOrigins}
          error={form.errors['origins']}
        />
        <Group justify="flex-end" mt="xs">
          {children}
          <Button type="submit" loading={create.isPending}>
            {t('site.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
