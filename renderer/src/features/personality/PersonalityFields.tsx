import { NativeSelect, Radio, SimpleGrid, Stack, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { Card } from '../../ui/Card.tsx'
import { answerLanguages, emojis, forms, lengths, type PersonalityForm, tones } from './state.ts'

export function PersonalityFields({ form }: { form: UseFormReturnType<PersonalityForm> }) {
  const { t } = useTranslation(['personality', 'common'])
  return (
    <Card title={t('voice')}>
      <Stack gap="lg">
        <TextInput
          label={t('name')}
          description={t('nameHelp')}
          maxLength={40}
          maw={360}
          {...form.getInputProps('assistantName')}
        />
        <Radio.Group label={t('tone')} {...form.getInputProps('tone')}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" mt={6}>
            {tones.map((tone) => (
              <Radio
                key={tone}
                value={tone}
                label={t(`tones.${tone}`)}
                description={t(`toneAbout.${tone}`)}
              />
            ))}
          </SimpleGrid>
        </Radio.Group>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NativeSelect
            label={t('formOfAddress')}
            data={forms.map((value) => ({ value, label: t(`forms.${value}`) }))}
            {...form.getInputProps('formOfAddress')}
          />
          <NativeSelect
            label={t('language')}
            data={answerLanguages.map((value) => ({ value, label: t(`languages.${value}`) }))}
            {...form.getInputProps('language')}
          />
          <NativeSelect
            label={t('length')}
            data={lengths.map((value) => ({ value, label: t(`lengths.${value}`) }))}
            {...form.getInputProps('length')}
          />
          <NativeSelect
            label={t('emoji')}
            data={emojis.map((value) => ({ value, label: t(`emojis.${value}`) }))}
            {...form.getInputProps('emoji')}
          />
        </SimpleGrid>
      </Stack>
    </Card>
  )
}
