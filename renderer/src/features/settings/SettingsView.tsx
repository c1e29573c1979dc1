import { Badge, Button, Group, SegmentedControl, Stack, Text, useMantineColorScheme } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useIsOwner } from '../../app/me.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath, welcomePath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { languages } from '../../i18n/index.ts'
import { api, client } from '../../rpc/client.ts'
import { inDesktop } from '../../rpc/desktop.ts'
import { Card } from '../../ui/Card.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import { Page } from '../../ui/Page.tsx'
import { PartNav } from '../../ui/PartNav.tsx'
import { OwnerOnly } from '../access/OwnerOnly.tsx'
import { ComputerPart } from '../computer/ComputerPart.tsx'
import { QuickReplyList } from '../quickreplies/QuickReplyList.tsx'
import { ServingPart } from '../serving/ServingPart.tsx'
import { TeamPart } from '../team/TeamPart.tsx'
import { Health } from './Health.tsx'
import { clerkParts, type SettingsPart, settingsParts } from './parts.ts'
import classes from './Settings.module.css'

const schemes = ['light', 'dark', 'auto'] as const

/** Settings of this browser and this installation, of how people are served, and who works in the shop. */
export function SettingsView({ part }: { part: SettingsPart }) {
  const { t } = useTranslation(['settings', 'serving', 'common'])
  const shop = useShop()
  const isOwner = useIsOwner()
  const own = settingsParts.filter((each) => isOwner || clerkParts.includes(each))
  return (
    <Page title={t('title')}>
      <PartNav
        label={t('parts')}
        parts={own.map((each) => ({
          href: screenPath(shop.slug, 'settings', each),
          label: t(each === 'team' && !isOwner ? 'part.own' : `part.${each}`),
          current: each === part,
        }))}
      />
      {part === 'general' ? (
        <Stack gap="lg">
          <Appearance />
          <Shops />
          <SearchIndex />
          {isOwner ? <Health /> : null}
          <About />
        </Stack>
      ) : null}
      {part === 'attention' ? (
        <OwnerOnly>
          <ServingPart />
        </OwnerOnly>
      ) : null}
      {part === 'quick' ? (
        <Card title={t('serving:quick.title')}>
          <QuickReplyList />
        </Card>
      ) : null}
      {part === 'team' ? <TeamPart /> : null}
      {part === 'computer' ? (
        <OwnerOnly>
          <ComputerPart />
        </OwnerOnly>
      ) : null}
    </Page>
  )
}

function Appearance() {
  const { t } = useTranslation(['settings', 'common'])
  const { language, setLanguage } = usePreferences()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Card title={t('appearance')}>
      <Group gap="xl">
        <div>
          <Text size="sm" fw={550} mb={6}>
            {t('language')}
          </Text>
          <SegmentedControl
            aria-label={t('language')}
            value={language}
            onChange={(value) => setLanguage(languages.find((each) => each === value) ?? 'es')}
            data={[
              { value: 'es', label: 'Español' },
              { value: 'en', label: 'English' },
            ]}
          />
        </div>
        <div>
          <Text size="sm" fw={550} mb={6}>
            {t('scheme')}
          </Text>
          <SegmentedControl
            aria-label={t('scheme')}
            value={colorScheme}
            onChange={(value) => setColorScheme(schemes.find((each) => each === value) ?? 'auto')}
            data={schemes.map((each) => ({ value: each, label: t(`schemes.${each}`) }))}
          />
        </div>
      </Group>
    </Card>
  )
}

function Shops() {
  const { t } = useTranslation(['settings', 'common'])
  const shop = useShop()
  const shops = useQuery(api.shops.list.queryOptions())
  const isOwner = useIsOwner()
  return (
    <Card title={t('shops')}>
      <ul className={classes.list}>
        {shops.data?.map((entry) => (
          <li key={entry.slug}>
            <span>
              {entry.shop?.name ?? entry.slug}{' '}
              <Text span size="sm" c="dimmed">
                {entry.shop === null ? '' : `${entry.shop.currency} · ${entry.shop.locale}`}
              </Text>
            </span>
            {entry.slug === shop.slug ? (
              <Badge variant="light" color="green" tt="none">
                {t('current')}
              </Badge>
            ) : (
              <Button
                size="compact-sm"
                variant="default"
                component={Link}
                href={screenPath(entry.slug, 'conversations')}
              >
                {t('open')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {isOwner ? (
        <Button mt="md" variant="default" component={Link} href={welcomePath}>
          {t('common:newShop')}
        </Button>
      ) : null}
    </Card>
  )
}

function SearchIndex() {
  const { t } = useTranslation(['settings', 'common'])
  const shop = useShop()
  const queries = useQueryClient()
  const [running, setRunning] = useState(false)
  const state = useQuery(api.search.state.queryOptions({ input: { shop: shop.slug } }))
  const rebuild = async () => {
    setRunning(true)
    try {
      for await (const event of await client.search.rebuild({ shop: shop.slug })) {
        if (event.type === 'ready') notifyDone(t('rebuilt'))
      }
    } catch (error) {
      notifyFailure(error)
    } finally {
      setRunning(false)
      void queries.invalidateQueries({ queryKey: api.search.state.key({ input: { shop: shop.slug } }) })
    }
  }
  return (
    <Card title={t('search')}>
      <Group justify="space-between">
        <Text role="status">
          {running ? t('rebuilding') : state.data === undefined ? '…' : t(`searchState.${state.data.state}`)}
          {state.data !== undefined && state.data.pending > 0 ? (
            <Text span c="dimmed">
              {' '}
              · {t('searchPending', { count: state.data.pending })}
            </Text>
          ) : null}
        </Text>
        <Button variant="default" loading={running} onClick={() => void rebuild()}>
          {t('rebuild')}
        </Button>
      </Group>
    </Card>
  )
}

function About() {
  const { t } = useTranslation(['settings', 'common'])
  const info = useQuery(api.system.info.queryOptions())
  const logout = useMutation(
    api.session.logout.mutationOptions({
      onSuccess: () => window.location.reload(),
      onError: (error) => notifyFailure(error),
    }),
  )
  return (
    <Card title={t('about')}>
      <Facts
        look="lines"
        facts={[
          [t('version'), info.data?.version ?? '…'],
          [t('data'), info.data?.dataFolder ?? '…'],
        ]}
      />
      {inDesktop() ? null : (
        <Button mt="md" variant="default" loading={logout.isPending} onClick={() => logout.mutate({})}>
          {t('logout')}
        </Button>
      )}
    </Card>
  )
}
