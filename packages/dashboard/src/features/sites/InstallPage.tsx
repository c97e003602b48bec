import { Anchor, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { Installation, Site } from '@vasistas/wire/api'
import { useState, type ReactNode } from 'react'
import { problemText } from '../../api/problemText.ts'
import { installationQuery } from '../../api/queries.ts'
import { useServices } from '../../api/ServicesProvider.tsx'
import { useSiteScope } from '../../site/useSiteScope.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { LoadFailure } from '../../ui/LoadFailure.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Step } from '../../ui/Step.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { HeardFromSite } from './HeardFromSite.tsx'
import { NoticeOptions } from './NoticeOptions.tsx'
import { CONSENT_CALLS, cspLines, MARK_EXAMPLES, siteSnippet, type SnippetOptions } from './snippet.ts'

/** From nothing to the first recording, in the order in which it is done. */
export function InstallPage() {
  const language = useLanguage()
  const { t } = language
  const { api } = useServices()
  const { siteId } = useParams({ from: '/signed-in/sites/$siteId/install' })
  const { site, isLoading } = useSiteScope()
  const installation = useQuery(installationQuery(api, Number(siteId)))

  if (!isLoading && !site) return <NotFound title={t('problem.siteNotFound')} />
  return (
    <Stack gap="lg" maw={860} mx="auto">
      <PageHeader title={t('install.title')} description={site?.name} />
      {installation.isError && (
        <Surface>
          <LoadFailure
            title={t('state.failed')}
            text={problemText(installation.error, language)}
            retryLabel={t('action.retry')}
            onRetry={() => void installation.refetch()}
          />
        </Surface>
      )}
      {site && installation.data ? (
        <Steps site={site} installation={installation.data} />
      ) : (
        !installation.isError && <Skeleton height={420} radius="lg" role="status" aria-label={t('state.loading')} />
      )}
    </Stack>
  )
}

function Steps({ site, installation }: { readonly site: Site; readonly installation: Installation }) {
  const { t, rich } = useLanguage()
  const [options, setOptions] = useState<SnippetOptions>({ hasNotice: true, privacyUrl: '', language: 'auto' })
  const { publicUrl } = installation
  return (
    <>
      <HeardFromSite site={site} installation={installation} />
      <Surface>
        <Stack gap={32}>
          <Step number={1} title={t('install.noticeTitle')} text={t('install.noticeText')}>
            <NoticeOptions options={options} onChange={setOptions} />
            {!options.hasNotice && <Copyable code={CONSENT_CALLS} label={t('install.consentCalls')} />}
          </Step>
          <Step number={2} title={t('install.snippetTitle')} text={rich('install.snippetText', { code: inCode })}>
            <Copyable
              code={siteSnippet(publicUrl, site.key, { ...options, recordsForms: site.settings.recordFormInputs })}
              label={t('install.snippetTitle')}
            />
          </Step>
          <Step number={3} title={t('install.cspTitle')} text={t('install.cspText')}>
            <Copyable code={cspLines(publicUrl)} label={t('install.cspTitle')} />
          </Step>
          <Step number={4} title={t('install.visitTitle')} text={t('install.visitText')}>
            <Text size="sm">
              {site.origins.map((origin, index) => (
                <span key={origin}>
                  {index > 0 && ' · '}
                  <Anchor href={origin} target="_blank" rel="noreferrer">
                    {origin}
                  </Anchor>
                </span>
              ))}
            </Text>
          </Step>
          <Step number={5} title={t('install.marksTitle')} text={t('install.marksText')}>
            <Copyable code={MARK_EXAMPLES} label={t('install.marksTitle')} />
          </Step>
        </Stack>
      </Surface>
    </>
  )
}

const inCode = (parts: ReactNode[]) => <code>{parts}</code>

function Copyable({ code, label }: { readonly code: string; readonly label: string }) {
  const { t } = useLanguage()
  return <CodeBlock code={code} label={label} copyLabel={t('action.copy')} copiedLabel={t('action.copied')} />
}
