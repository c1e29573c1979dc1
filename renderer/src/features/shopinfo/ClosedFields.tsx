import { Radio, SimpleGrid, Stack, Text, Textarea } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { allClosed, closedPolicies, type ProfileForm } from './state.ts'

/** What Mostrador does with a customer who writes while the shop is closed. */
export function ClosedFields({ form }: { form: UseFormReturnType<ProfileForm> }) {
  const { t } = useTranslation(['shop', 'common'])
  const values = form.getValues()
  return (
    <Stack>
      <Radio.Group label={t('closed.policy')} {...form.getInputProps('whenClosed')}>
        <Stack gap="sm" mt="xs">
          {closedPolicies.map((policy) => (
            <Radio
              key={policy}
              value={policy}
              label={t(`closed.${policy}`)}
              description={t(`closed.${policy}Help`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {values.whenClosed !== 'answer' && allClosed(values) ? (
        <Text size="sm" c="var(--desk-warn-text)" role="status">
          {t('closed.needsHours')}
        </Text>
      ) : null}
      {values.whenClosed === 'away' ? (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Textarea
            label={t('closed.awayEs')}
            description={t('closed.awayTextHelp')}
            placeholder={t('closed.awayEsPlaceholder')}
            lang="es"
            autosize
            minRows={3}
            {...form.getInputProps('awayEs')}
          />
          <Textarea
            label={t('closed.awayEn')}
            description={t('closed.awayTextHelp')}
            placeholder={t('closed.awayEnPlaceholder')}
            lang="en"
            autosize
            minRows={3}
            {...form.getInputProps('awayEn')}
          />
        </SimpleGrid>
      ) : null}
    </Stack>
  )
}
