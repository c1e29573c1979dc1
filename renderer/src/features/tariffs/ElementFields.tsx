import { Button, Group, Menu, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import { Card } from '../../ui/Card.tsx'
import { ConditionFields } from './ConditionFields.tsx'
import { focusSoon, type PartProps, useRemoval } from './editing.ts'
import { type ElementForm, type ElementKind, elementKinds, emptyElement, labelText } from './form.ts'
import { LabelField } from './LabelField.tsx'
import { PartHead } from './PartHead.tsx'
import classes from './Tariffs.module.css'

const addId = 'add-element'
const mostElements = 50

/** What the price is made of, in the order in which it is computed. */
export function ElementFields({ form, language }: PartProps) {
  const { t } = useTranslation(['tariffs', 'common'])
  const { elements, inputs } = form.getValues()
  const add = (kind: ElementKind) => {
    const counted = inputs.filter((input) => input.type === 'number')
    const only = kind === 'per_unit' && counted.length === 1 ? (counted[0]?.id ?? '') : ''
    form.insertListItem('elements', { ...emptyElement(kind), per: only })
    focusSoon(() => form.getInputNode(`elements.${elements.length}.label.${language}`))
  }
  return (
    <Card title={t('elements.title')}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('elements.lead')}
        </Text>
        {elements.map((element, index) => (
          <OneElement
            key={element.id}
            form={form}
            language={language}
            element={element}
            index={index}
            count={elements.length}
          />
        ))}
        {elements.length === 0 ? (
          <Text size="sm" c="var(--desk-bad-text)">
            {t('elements.none')}
          </Text>
        ) : null}
        <Group>
          <Menu position="bottom-start" width={300} withinPortal={false} withInitialFocusPlaceholder={false}>
            <Menu.Target>
              <Button
                id={addId}
                variant="subtle"
                leftSection={<IconPlus size={16} />}
                disabled={elements.length >= mostElements}
              >
                {t('elements.add')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {elementKinds.map((kind) => (
                <Menu.Item key={kind} onClick={() => add(kind)}>
                  {t(`elements.kinds.${kind}`)}
                  <Text size="xs" c="dimmed">
                    {t(`elements.help.${kind}`)}
                  </Text>
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </Group>
      </Stack>
    </Card>
  )
}

interface OneElementProps extends PartProps {
  element: ElementForm
  index: number
  count: number
}

function OneElement({ form, language, element, index, count }: OneElementProps) {
  const { t } = useTranslation(['tariffs', 'common'])
  const remove = useRemoval(form)
  const path = `elements.${index}`
  const name = labelText(element.label, language)
  const title = t('elements.one', { number: index + 1 })
  return (
    <fieldset className={classes.part}>
      <legend className="visually-hidden">{title}</legend>
      <Stack gap="sm">
        <PartHead
          title={title}
          name={name}
          index={index}
          count={count}
          onMove={(to) => form.reorderListItem('elements', { from: index, to })}
          onRemove={() =>
            remove({
              name,
              take: () => form.removeListItem('elements', index),
              putBack: () => form.insertListItem('elements', element, index),
              focus: addId,
            })
          }
        />
        <Select
          label={t('elements.kind')}
          description={t(`elements.help.${element.kind}`)}
          allowDeselect={false}
          data={elementKinds.map((each) => ({ value: each, label: t(`elements.kinds.${each}`) }))}
          {...form.getInputProps(`${path}.kind`)}
        />
        <LabelField
          form={form}
          language={language}
          path={`${path}.label`}
          value={element.label}
          label={t('elements.label')}
          required
        />
        <Amount form={form} element={element} path={path} />
        {element.kind === 'per_unit' ? (
          <Counted form={form} language={language} element={element} path={path} />
        ) : null}
        <ConditionFields form={form} language={language} element={element} index={index} />
      </Stack>
    </fieldset>
  )
}

function Amount({ form, element, path }: Pick<PartProps, 'form'> & { element: ElementForm; path: string }) {
  const { t } = useTranslation(['tariffs', 'common'])
  const shop = useShop()
  const label =
    element.kind === 'percent'
      ? t('elements.percent')
      : element.kind === 'per_unit'
        ? t('elements.amountEach', { currency: shop.currency })
        : t('elements.amount', { currency: shop.currency })
  // A base that is taken off makes no sense, yet one that is stored so must show.
  const signed = element.kind !== 'minimum' && (element.kind !== 'base' || element.sign === 'subtract')
  return (
    <div className={classes.amount}>
      {signed ? (
        <Select
          label={t('elements.sign')}
          allowDeselect={false}
          data={(['add', 'subtract'] as const).map((each) => ({
            value: each,
            label: t(`elements.signs.${each}`),
          }))}
          {...form.getInputProps(`${path}.sign`)}
        />
      ) : null}
      <TextInput
        label={label}
        required
        inputMode="decimal"
        autoComplete="off"
        {...form.getInputProps(`${path}.amount`)}
      />
    </div>
  )
}

function Counted({ form, language, element, path }: PartProps & { element: ElementForm; path: string }) {
  const { t } = useTranslation(['tariffs', 'common'])
  const numbers = form.getValues().inputs.filter((input) => input.type === 'number')
  const unit = numbers.find((input) => input.id === element.per)?.unit ?? ''
  const suffix = unit === '' ? undefined : <span className={classes.unit}>{unit}</span>
  return (
    <div className={classes.figures}>
      <Select
        label={t('elements.per')}
        placeholder={t('elements.perNone')}
        data={numbers.map((input) => ({
          value: input.id,
          label: labelText(input.label, language) || t('inputs.nameless'),
        }))}
        {...form.getInputProps(`${path}.per`)}
        value={numbers.some((input) => input.id === element.per) ? element.per : null}
      />
      <TextInput
        label={t('elements.included')}
        inputMode="decimal"
        rightSection={suffix}
        rightSectionWidth={56}
        {...form.getInputProps(`${path}.included`)}
      />
      <TextInput
        label={t('elements.step')}
        inputMode="decimal"
        rightSection={suffix}
        rightSectionWidth={56}
        {...form.getInputProps(`${path}.step`)}
      />
    </div>
  )
}
