import { ActionIcon, Button, Group, SegmentedControl, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconArrowLeft, IconBuildingStore, IconSparkles } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import type { NewShop, Shop } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { ShopContext } from '../../app/shop.ts'
import { languages } from '../../i18n/index.ts'
import { api } from '../../rpc/client.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { ImportPanel } from '../importing/ImportPanel.tsx'
import { NewShopForm } from './NewShopForm.tsx'
import { demoShop } from './state.ts'
import classes from './Welcome.module.css'

type Step = { name: 'start' } | { name: 'form' } | { name: 'catalog'; shop: Shop }

/** First run, and later the way to another shop. */
export function WelcomeView({ firstTime }: { firstTime: boolean }) {
  const { t } = useTranslation(['welcome', 'common'])
  const [, navigate] = useLocation()
  const queries = useQueryClient()
  const { language, setLanguage, setShop } = usePreferences()
  const [step, setStep] = useState<Step>({ name: 'start' })
  const heading = useRef<HTMLHeadingElement>(null)
  const create = useMutation(api.shops.create.mutationOptions())

  const first = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows each new step, but not the first
  useEffect(() => {
    if (!first.current) heading.current?.focus()
    first.current = false
  }, [step.name])

  useEffect(() => {
    document.title = `${t('title')} · Mostrador`
  }, [t])

  const open = async (input: NewShop): Promise<Shop> => {
    const shop = await create.mutateAsync(input)
    setShop(shop.slug)
    await queries.invalidateQueries({ queryKey: api.shops.list.key() })
    return shop
  }
  const openDemo = () => {
    open(demoShop(language)).then(
      (shop) => navigate(screenPath(shop.slug, 'try')),
      () => undefined, // shown by the mutation's error
    )
  }

  return (
    <main className={classes.page}>
      <Group justify="space-between" className={classes.bar}>
        <Group gap="xs">
          {firstTime ? null : (
            <ActionIcon
              component={Link}
              href="/"
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('common:back')}
            >
              <IconArrowLeft size={20} />
            </ActionIcon>
          )}
          <img src="./icon.svg" alt="" width={32} height={32} />
          <Text fw={700} size="lg">
            Mostrador
          </Text>
        </Group>
        <SegmentedControl
          size="xs"
          aria-label={t('language')}
          value={language}
          onChange={(value) => setLanguage(languages.find((each) => each === value) ?? 'es')}
          data={[
            { value: 'es', label: 'Español' },
            { value: 'en', label: 'English' },
          ]}
        />
      </Group>
      <div className={classes.body}>
        {create.error === null ? null : <ErrorNotice error={create.error} />}
        {step.name === 'start' ? (
          <Stack gap="xl">
            <div className={classes.hero}>
              <Title order={1} className={classes.headline}>
                {t('title')}
              </Title>
              <Text className={classes.lead}>{t('lead')}</Text>
            </div>
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
              <Choice
                icon={<IconSparkles size={26} stroke={1.6} />}
                title={t('demo.title')}
                body={t('demo.body')}
                action={
                  <Button fullWidth size="md" loading={create.isPending} onClick={openDemo}>
                    {t('demo.action')}
                  </Button>
                }
              />
              <Choice
                icon={<IconBuildingStore size={26} stroke={1.6} />}
                title={t('own.title')}
                body={t('own.body')}
                action={
                  <Button
                    fullWidth
                    size="md"
                    variant="default"
                    disabled={create.isPending}
                    onClick={() => setStep({ name: 'form' })}
                  >
                    {t('own.action')}
                  </Button>
                }
              />
            </SimpleGrid>
            <p className="visually-hidden" role="status">
              {create.isPending ? t('demo.busy') : ''}
            </p>
          </Stack>
        ) : null}
        {step.name === 'form' ? (
          <Stack>
            <Title order={1} ref={heading} tabIndex={-1}>
              {t('own.title')}
            </Title>
            <NewShopForm
              busy={create.isPending}
              onBack={() => setStep({ name: 'start' })}
              onCreate={(input) => {
                open(input).then(
                  (shop) => setStep({ name: 'catalog', shop }),
                  () => undefined, // shown by the mutation's error
                )
              }}
            />
          </Stack>
        ) : null}
        {step.name === 'catalog' ? (
          <ShopContext value={step.shop}>
            <Stack>
              <Title order={1} ref={heading} tabIndex={-1}>
                {t('catalog.title')}
              </Title>
              <Text c="dimmed">{t('catalog.body')}</Text>
              <ImportPanel
                onDone={
                  <Button component={Link} href={screenPath(step.shop.slug, 'try')}>
                    {t('ready.action')}
                  </Button>
                }
              />
              <Group justify="flex-end">
                <Button variant="subtle" component={Link} href={screenPath(step.shop.slug, 'products')}>
                  {t('catalog.skip')}
                </Button>
              </Group>
            </Stack>
          </ShopContext>
        ) : null}
      </div>
    </main>
  )
}

function Choice(props: { icon: React.ReactNode; title: string; body: string; action: React.ReactNode }) {
  return (
    <section className={classes.choice}>
      <span className={classes.choiceIcon} aria-hidden>
        {props.icon}
      </span>
      <Title order={2}>{props.title}</Title>
      <Text c="dimmed" className={classes.choiceBody}>
        {props.body}
      </Text>
      {props.action}
    </section>
  )
}
