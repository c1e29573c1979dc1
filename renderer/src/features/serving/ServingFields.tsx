import { Anchor, NativeSelect, Radio, Stack, Switch, Text, Textarea } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { languages } from '../../i18n/index.ts'
import { Card } from '../../ui/Card.tsx'
import { answerChoices, choicesWith, handBackChoices, minutesText, type ServingForm } from './form.ts'
import classes from './Serving.module.css'

interface FieldsProps {
  form: UseFormReturnType<ServingForm>
}

/** What the first reply says of itself, with how it reads. */
export function DisclosureFields({ form }: FieldsProps) {
  const { t, i18n } = useTranslation(['serving', 'common'])
  const shop = useShop()
  const values = form.getValues()
  const fields = { es: 'disclosureEs', en: 'disclosureEn' } as const
  return (
    <Card title={t('disclosure.title')}>
      <Stack>
        <Switch
          label={t('disclosure.on')}
          description={t('disclosure.lead')}
          {...form.getInputProps('disclosureOn', { type: 'checkbox' })}
        />
        {values.disclosureOn
          ? languages.map((language) => {
              // What a customer reads is in the customer's language, whatever the desk's is.
              const say = i18n.getFixedT(language, 'serving')
              const usual = say('disclosure.usual', { shop: shop.name })
              const own = values[fields[language]].trim()
              return (
                <div key={language}>
                  <Textarea
                    label={t(`disclosure.${language}`)}
                    description={t('disclosure.hint')}
                    placeholder={usual}
                    autosize
                    minRows={2}
                    maxRows={5}
                    maxLength={400}
                    {...form.getInputProps(fields[language])}
                  />
                  <div
                    className={classes.bubble}
                    lang={language}
                    role="img"
                    aria-label={`${t('disclosure.preview')}: ${own === '' ? usual : own}`}
                  >
                    <p>{own === '' ? usual : own}</p>
                    <p>{say('disclosure.exampleReply')}</p>
                  </div>
                </div>
              )
            })
          : null}
      </Stack>
    </Card>
  )
}

/** When a conversation goes back, and when a message is too old to be answered unseen. */
export function TimeFields({ form }: FieldsProps) {
  const { t } = useTranslation(['serving', 'common'])
  const language = usePreferences((preferences) => preferences.language)
  const { handBack, answerWithin } = form.getValues()
  const choices = (usual: readonly number[], set: string) =>
    choicesWith(usual, set).map((minutes) => ({
      value: String(minutes),
      label: minutesText(minutes, language),
    }))
  return (
    <Card title={t('times.title')}>
      <Stack>
        <NativeSelect
          label={t('times.handBack')}
          description={t('times.handBackHint')}
          maw={420}
          data={[...choices(handBackChoices, handBack), { value: '', label: t('times.never') }]}
          {...form.getInputProps('handBack')}
        />
        <NativeSelect
          label={t('times.answerWithin')}
          description={t('times.answerWithinHint')}
          maw={420}
          data={choices(answerChoices, answerWithin)}
          {...form.getInputProps('answerWithin')}
        />
      </Stack>
    </Card>
  )
}

/** How the owner is called, and what becomes of voice notes. */
export function CallFields({ form }: FieldsProps) {
  const { t } = useTranslation(['serving', 'common'])
  const shop = useShop()
  return (
    <>
      <Card title={t('calls.title')}>
        <Stack>
          <Text c="dimmed" size="sm">
            {t('calls.lead')}
          </Text>
          <Switch
            label={t('calls.shopNotification')}
            {...form.getInputProps('notification', { type: 'checkbox' })}
          />
          <Switch label={t('calls.shopSound')} {...form.getInputProps('sound', { type: 'checkbox' })} />
          <Switch
            label={t('calls.shopMessenger')}
            {...form.getInputProps('messenger', { type: 'checkbox' })}
          />
          <Text size="sm">
            <Anchor component={Link} href={screenPath(shop.slug, 'channels')} inherit underline="always">
              {t('calls.pair')}
            </Anchor>
          </Text>
        </Stack>
      </Card>
      <Card title={t('voice.title')}>
        <Radio.Group label={t('voice.label')} {...form.getInputProps('voiceNotes')}>
          <Stack mt={8} gap="sm">
            <Radio value="ask_to_write" label={t('voice.ask_to_write')} />
            <Radio value="person" label={t('voice.person')} />
          </Stack>
        </Radio.Group>
      </Card>
    </>
  )
}
