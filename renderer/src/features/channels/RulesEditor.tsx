import { Radio, SimpleGrid, Stack, Switch, TagsInput, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ChannelAccount } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { EditorForm } from '../../ui/EditorForm.tsx'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'
import classes from './Channels.module.css'
import { formOf, problemsOf, type RulesForm, rulesOf, scopes } from './rules-form.ts'

/** For whom the assistant answers on an account, and how fast. */
export function RulesEditor({ account }: { account: ChannelAccount }) {
  const { t } = useTranslation(['channels', 'common'])
  const shop = useShop()
  const queries = useQueryClient()
  const personal = account.kind === 'whatsapp'
  const form = useForm<RulesForm>({
    initialValues: formOf(account.rules),
    validate: (values) =>
      Object.fromEntries(
        Object.entries(problemsOf(values)).map(([field, problem]) => [field, t(`rules.problem.${problem}`)]),
      ),
  })
  const save = useMutation(
    api.channels.setRules.mutationOptions({
      onSuccess: () => notifyDone(t('rules.saved')),
      onError: (error) => notifyFailure(error),
      onSettled: () => queries.invalidateQueries({ queryKey: api.channels.key() }),
    }),
  )
  return (
    <EditorForm
      form={form}
      kept={formOf(account.rules)}
      save={async (values) => {
        const saved = await save.mutateAsync({
          shop: shop.slug,
          channelAccountId: account.id,
          rules: rulesOf(values),
        })
        return formOf(saved.rules)
      }}
      unsaved={t('rules.unsaved')}
      discard={t('rules.discard')}
    >
      <Stack gap="lg">
        <Radio.Group label={t('rules.scope')} {...form.getInputProps('scope')}>
          <Stack gap="sm" mt={6}>
            {scopes.map((scope) => (
              <Radio
                key={scope}
                value={scope}
                label={t(`rules.scopes.${scope}`)}
                description={t(personal ? `rules.scopeAbout.${scope}` : `rules.scopeAboutBot.${scope}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {form.values.scope === 'test' ? (
          <TagsInput
            label={t(personal ? 'rules.testContacts' : 'rules.testContactsBot')}
            description={t(personal ? 'rules.testContactsHelp' : 'rules.testContactsBotHelp')}
            splitChars={[',', ';']}
            maxTags={50}
            {...form.getInputProps('testContacts')}
          />
        ) : null}
        <Switch
          label={t('rules.groups')}
          description={t('rules.groupsHelp')}
          {...form.getInputProps('groups', { type: 'checkbox' })}
        />
        <fieldset className={classes.fields}>
          <legend>{t('rules.ceilings')}</legend>
          <Text size="sm" c="dimmed" mb={8}>
            {t('rules.ceilingsHelp')}
          </Text>
          <SimpleGrid cols={{ base: 1, xs: 2 }} maw={420}>
            {(['dailyReplies', 'dailyNewContacts'] as const).map((field) => (
              <TextInput
                key={field}
                label={t(`rules.${field}`)}
                placeholder={t('rules.none')}
                inputMode="numeric"
                {...form.getInputProps(field)}
              />
            ))}
          </SimpleGrid>
        </fieldset>
        <div>
          <Switch
            label={t('rules.quiet')}
            description={t('rules.quietHelp')}
            {...form.getInputProps('quiet', { type: 'checkbox' })}
          />
          {form.values.quiet ? (
            <div className={classes.times}>
              <TextInput type="time" label={t('rules.from')} {...form.getInputProps('from')} />
              <TextInput type="time" label={t('rules.to')} {...form.getInputProps('to')} />
            </div>
          ) : null}
        </div>
        {personal ? (
          <Switch
            label={t('rules.pace')}
            description={t('rules.paceHelp')}
            {...form.getInputProps('humanPace', { type: 'checkbox' })}
          />
        ) : null}
      </Stack>
    </EditorForm>
  )
}
