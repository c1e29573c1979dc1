import { ActionIcon, Badge, Button, Group, Menu, Switch, Text } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowUp,
  IconDots,
  IconFileSearch,
  IconGripVertical,
  IconPencil,
  IconTestPipe,
  IconTrash,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Engine } from '../../../../preload/contract/index.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { EngineFacts } from './EngineFacts.tsx'
import { EngineHealth } from './EngineHealth.tsx'
import classes from './Engines.module.css'
import { EngineTestResult } from './EngineTestResult.tsx'
import { useEngineChange } from './queries.ts'
import { useAskRemoval } from './removal.tsx'
import { healthColor, isBuiltIn } from './state.ts'
import { useTestStore } from './store.ts'
import { useEngineTexts } from './texts.ts'

export interface Moving {
  /** Null where it cannot go further. */
  up: (() => void) | null
  down: (() => void) | null
  over: boolean
  onDragStart(): void
  onDragOver(): void
  onDragEnd(): void
  onDrop(): void
}

interface EngineRowProps {
  engine: Engine
  /** From 1; null for one that is not asked. */
  place: number | null
  /** Null for what stays where it is. */
  moving: Moving | null
  onChange(engine: Engine): void
  /** Puts an engine that is not asked into the order. */
  onAsk?: () => void
}

export function EngineRow({ engine, place, moving, onChange, onAsk }: EngineRowProps) {
  const { t } = useTranslation(['engines', 'common'])
  const shop = useShop()
  const texts = useEngineTexts()
  const change = useEngineChange()
  const test = useTestStore((store) => store.tests[engine.id])
  const runTest = useTestStore((store) => store.run)
  const askRemoval = useAskRemoval()
  const name = texts.name(engine)
  const builtIn = isBuiltIn(engine)
  return (
    <li
      className={classes.engine}
      data-engine={engine.id}
      data-over={moving?.over === true}
      onDragOver={(event) => {
        if (moving === null) return
        event.preventDefault()
        moving.onDragOver()
      }}
      onDrop={(event) => {
        event.preventDefault()
        moving?.onDrop()
      }}
    >
      <div className={classes.head}>
        {moving === null ? null : <Grip moving={moving} />}
        {place === null ? null : (
          <span className={classes.place} aria-hidden>
            {place}
          </span>
        )}
        <div className={classes.name}>
          <Group gap={8}>
            <Text fw={650} span>
              {name}
            </Text>
            <Badge variant="light" color={healthColor(engine)} tt="none">
              {engine.enabled ? t(`state.${engine.health.state}`) : t('state.disabled')}
            </Badge>
          </Group>
          <div className={classes.soft}>{builtIn ? t('builtin.last') : texts.about(engine)}</div>
        </div>
        <Group gap={6} wrap="nowrap">
          {moving === null ? null : <MoveButtons name={name} moving={moving} />}
          {builtIn ? null : (
            <>
              <Switch
                aria-label={t('enable', { name })}
                checked={engine.enabled}
                disabled={change.isPending}
                onChange={(event) =>
                  change.mutate({
                    shop: shop.slug,
                    engineId: engine.id,
                    enabled: event.currentTarget.checked,
                  })
                }
              />
              <Menu position="bottom-end" width={220}>
                <Menu.Target>
                  <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('more', { name })}>
                    <IconDots size={19} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item leftSection={<IconPencil size={17} />} onClick={() => onChange(engine)}>
                    {t('change.open')}
                  </Menu.Item>
                  {engine.kind === 'remote' ? (
                    <Menu.Item
                      leftSection={<IconFileSearch size={17} />}
                      component={Link}
                      href={screenPath(shop.slug, 'assistant', 'sent')}
                    >
                      {t('privacy.sent')}
                    </Menu.Item>
                  ) : null}
                  <Menu.Item
                    color="red"
                    leftSection={<IconTrash size={17} />}
                    onClick={() => askRemoval(engine)}
                  >
                    {t('common:remove')}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </>
          )}
        </Group>
      </div>
      <EngineHealth engine={engine} onChange={() => onChange(engine)} />
      <EngineFacts engine={engine} />
      {builtIn ? null : (
        <Group mt={10} gap="xs">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconTestPipe size={15} />}
            loading={test?.phase === 'running'}
            onClick={() => void runTest(shop.slug, engine.id)}
            aria-label={t('test.run', { name })}
          >
            {t('test.button')}
          </Button>
          {onAsk === undefined ? null : (
            <Button size="compact-sm" variant="default" onClick={onAsk}>
              {t('order.put')}
            </Button>
          )}
        </Group>
      )}
      <EngineTestResult kind={engine.kind} state={test} />
    </li>
  )
}

/** For the mouse only: the buttons beside it do the same for everybody. */
function Grip({ moving }: { moving: Moving }) {
  const { t } = useTranslation(['engines', 'common'])
  return (
    <span
      className={classes.grip}
      draggable
      title={t('order.drag')}
      aria-hidden
      data-grip
      onDragStart={(event) => {
        const row = event.currentTarget.closest('li')
        if (row !== null) event.dataTransfer.setDragImage(row, 12, 12)
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', '')
        moving.onDragStart()
      }}
      onDragEnd={moving.onDragEnd}
    >
      <IconGripVertical size={18} />
    </span>
  )
}

/** A button that leads nowhere stays in the tab order, so that the focus is not lost at the end of the way. */
function MoveButtons({ name, moving }: { name: string; moving: Moving }) {
  const { t } = useTranslation(['engines', 'common'])
  return (
    <>
      {(['up', 'down'] as const).map((direction) => {
        const go = moving[direction]
        const Icon = direction === 'up' ? IconArrowUp : IconArrowDown
        return (
          <ActionIcon
            key={direction}
            variant="default"
            size="lg"
            data-move={direction}
            aria-label={t(`order.${direction}`, { name })}
            aria-disabled={go === null}
            data-disabled={go === null || undefined}
            onClick={() => go?.()}
          >
            <Icon size={17} />
          </ActionIcon>
        )
      })}
    </>
  )
}
