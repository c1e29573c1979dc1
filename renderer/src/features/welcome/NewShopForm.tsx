import { Button, Group, Select, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { NewShop } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { countries, likelyCountry } from './countries.ts'

interface NewShopFormProps {
  busy: boolean
  onBack(): void
  onCreate(input: NewShop): void
}

export function NewShopForm({ busy, onBack, onCreate }: NewShopFormProps) {
  const { t } = useTranslation(['welcome', 'common'])
  const language = usePreferences((preferences) => preferences.language)
  const form = useForm({
    initialValues: (() => {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
      const { code, currency, locale, timeZone } = likelyCountry(navigator.languages, zone, language)
      return {
        name: '',
        country: code,
        currency,
        locale,
        timeZone,
        pricesIncludeTax: code !== 'US' && code !== 'CA',
      }
    })(),
    validate: { name: (value) => (value.trim() === '' ? t('form.nameNeeded') : null) },
  })
  const names = useMemo(() => new Intl.DisplayNames(language, { type: 'region' }), [language])
  const countryOptions = useMemo(
    () =>
      countries
        .map((country) => ({ value: country.code, label: names.of(country.code) ?? country.code }))
        .sort((one, other) => one.label.localeCompare(other.label, language)),
    [names, language],
  )
  const currencyNames = useMemo(() => new Intl.DisplayNames(language, { type: 'currency' }), [language])
  const currencyOptions = useMemo(
    () =>
      Intl.supportedValuesOf('currency').map((code) => ({
        value: code,
        label: `${code} · ${currencyNames.of(code) ?? code}`,
      })),
    [currencyNames],
  )
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), [])
  const chooseCountry = (code: string | null) => {
    const country = countries.find((each) => each.code === code)
    if (country === undefined) return
    const { currency, locale, timeZone } = country
    form.setValues({
      country: country.code,
      currency,
      locale,
      timeZone,
      pricesIncludeTax: code !== 'US' && code !== 'CA',
    })
  }
  const localeOptions = useMemo(() => {
    const { country, locale } = form.getValues()
    const localeNames = new Intl.DisplayNames(language, { type: 'language' })
    return [...new Set([locale, `es-${country}`, `en-${country}`])].map((value) => ({
      value,
      label: localeNames.of(value) ?? value,
    }))
  }, [form, language])

  return (
    <form noValidate onSubmit={form.onSubmit((values) => onCreate({ ...values, name: values.name.trim() }))}>
      <Stack>
        <TextInput
          label={t('form.name')}
          placeholder={t('form.namePlaceholder')}
          required
          maxLength={120}
          {...form.getInputProps('name')}
        />
        <Select
          label={t('form.country')}
          description={t('form.countryHelp')}
          data={countryOptions}
          searchable
          allowDeselect={false}
          value={form.getValues().country}
          onChange={chooseCountry}
        />
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <Select
            label={t('form.currency')}
            data={currencyOptions}
            searchable
            allowDeselect={false}
            {...form.getInputProps('currency')}
          />
          <Select
            label={t('form.timeZone')}
            data={zones}
            searchable
            allowDeselect={false}
            limit={60}
            {...form.getInputProps('timeZone')}
          />
          <Select
            label={t('form.locale')}
            data={localeOptions}
            allowDeselect={false}
            {...form.getInputProps('locale')}
          />
        </SimpleGrid>
        <Switch label={t('form.tax')} {...form.getInputProps('pricesIncludeTax', { type: 'checkbox' })} />
        <Group justify="space-between" mt="md">
          <Button variant="default" onClick={onBack}>
            {t('common:back')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('form.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
