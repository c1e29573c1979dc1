import { Input, Radio, SegmentedControl, Select, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import {
  areDatesWrong,
  delimiters,
  type ExportForm,
  exportKinds,
  hasDates,
  isNarrowed,
  isOfList,
  type ShownList,
} from './state.ts'

interface ExportFieldsProps {
  form: ExportForm
  list: ShownList
  onChange(changes: Partial<ExportForm>): void
}

const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab' } as const

export function ExportFields({ form, list, onChange }: ExportFieldsProps) {
  const { t } = useTranslation(['exports', 'common'])
  const { what } = form
  return (
    <Stack>
      <Radio.Group
        label={t('what')}
        value={what}
        onChange={(value) => onChange({ what: exportKinds.find((each) => each === value) ?? 'orders' })}
      >
        <SimpleGrid cols={2} spacing="xs" mt={6}>
          {exportKinds.map((each) => (
            <Radio key={each} value={each} label={t(`kinds.${each}`)} />
          ))}
        </SimpleGrid>
      </Radio.Group>
      {isNarrowed(list) && isOfList(what, list) ? (
        <Switch
          label={t('narrowed')}
          description={t('narrowedHelp')}
          checked={form.narrowed}
          onChange={(event) => onChange({ narrowed: event.currentTarget.checked })}
        />
      ) : null}
      {hasDates(what) ? <Dates form={form} onChange={onChange} /> : null}
      <Input.Wrapper labelElement="div" label={t('format')}>
        <div>
          <SegmentedControl
            aria-label={t('format')}
            value={form.format}
            onChange={(value) => onChange({ format: value === 'csv' ? 'csv' : 'xlsx' })}
            data={[
              { value: 'xlsx', label: 'Excel' },
              { value: 'csv', label: 'CSV' },
            ]}
          />
        </div>
      </Input.Wrapper>
      {form.format === 'csv' ? (
        <>
          <Select
            label={t('delimiter')}
            allowDeselect={false}
            data={delimiters.map((each) => ({
              value: each,
              label: t(`delimiters.${delimiterNames[each]}`),
            }))}
            value={form.delimiter}
            onChange={(value) => onChange({ delimiter: delimiters.find((each) => each === value) ?? ',' })}
          />
          <Switch
            label={t('bom')}
            description={t('bomHelp')}
            checked={form.bom}
            onChange={(event) => onChange({ bom: event.currentTarget.checked })}
          />
        </>
      ) : null}
    </Stack>
  )
}

function Dates({ form, onChange }: Omit<ExportFieldsProps, 'list'>) {
  const { t } = useTranslation(['exports', 'common'])
  const dates = form.what === 'customers' ? 'customers' : 'orders'
  return (
    <SimpleGrid cols={2}>
      <TextInput
        type="date"
        label={t(`from.${dates}`)}
        value={form.from}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t('to')}
        value={form.to}
        error={areDatesWrong(form) ? t('datesBad') : null}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
    </SimpleGrid>
  )
}
