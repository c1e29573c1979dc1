import { Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Engine } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { notifyFailure } from '../../ui/notify.ts'
import { EngineChange } from './EngineChange.tsx'
import { EngineRow } from './EngineRow.tsx'
import classes from './Engines.module.css'
import { useEnginesRefresh } from './queries.ts'
import { askedOf, isBuiltIn, moved } from './state.ts'
import { useEngineTexts } from './texts.ts'

/** The list as it is asked from top to bottom. It is changed by dragging or with the buttons of each row. */
export function EngineOrder({ engines }: { engines: readonly Engine[] }) {
  const { t } = useTranslation(['engines', 'common'])
  const texts = useEngineTexts()
  const { order, place } = useOrder()
  const [dragged, setDragged] = useState<string | null>(null)
  const [over, setOver] = useState<string | null>(null)
  const [changed, setChanged] = useState<Engine | null>(null)
  const [said, setSaid] = useState('')
  const list = useRef<HTMLOListElement>(null)

  const asked = askedOf(engines)
  const movable = asked.filter((engine) => !isBuiltIn(engine))
  const last = asked.find(isBuiltIn) ?? engines.find(isBuiltIn)
  const aside = engines.filter((engine) => engine.position === null && !isBuiltIn(engine))

  const move = (id: string, to: number) => {
    const from = movable.findIndex((engine) => engine.id === id)
    const engine = movable[from]
    if (engine === undefined || to < 0 || to >= movable.length || to === from) return
    order(moved(movable, from, to), last)
    setSaid(t('order.moved', { name: texts.name(engine), place: to + 1, count: movable.length + 1 }))
  }
  /** The row has moved in the page meanwhile: the button keeps the focus. */
  const moveByKey = (id: string, to: number, direction: 'up' | 'down') => {
    move(id, to)
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-engine="${id}"] [data-move="${direction}"]`)?.focus(),
    )
  }

  const shared = { onChange: setChanged }
  return (
    <>
      <ol ref={list} className={classes.order} aria-label={t('order.title')}>
        {movable.map((engine, index) => (
          <EngineRow
            key={engine.id}
            engine={engine}
            place={index + 1}
            {...shared}
            moving={{
              up: index > 0 ? () => moveByKey(engine.id, index - 1, 'up') : null,
              down: index < movable.length - 1 ? () => moveByKey(engine.id, index + 1, 'down') : null,
              over: over === engine.id && dragged !== engine.id,
              onDragStart: () => setDragged(engine.id),
              onDragOver: () => setOver(engine.id),
              onDragEnd: () => {
                setDragged(null)
                setOver(null)
              },
              onDrop: () => {
                if (dragged !== null) move(dragged, index)
              },
            }}
          />
        ))}
        {last === undefined ? null : (
          <EngineRow engine={last} place={movable.length + 1} moving={null} {...shared} />
        )}
      </ol>
      {aside.length === 0 ? null : (
        <>
          <Text fw={600} mt="md" mb={6}>
            {t('order.aside')}
          </Text>
          <ul className={classes.order}>
            {aside.map((engine) => (
              <EngineRow
                key={engine.id}
                engine={engine}
                place={null}
                moving={null}
                onAsk={() => place([...movable, engine], last)}
                {...shared}
              />
            ))}
          </ul>
        </>
      )}
      <span className="visually-hidden" role="status">
        {said}
      </span>
      <EngineChange engine={changed} onClose={() => setChanged(null)} />
    </>
  )
}

/** Keeps an order; the list shows it at once and goes back when it could not be kept. */
function useOrder() {
  const { slug: shop } = useShop()
  const queries = useQueryClient()
  const refresh = useEnginesRefresh()
  const queryKey = api.engines.list.queryKey({ input: { shop } })
  const keep = useMutation(
    api.engines.order.mutationOptions({
      onSuccess: (list) => queries.setQueryData(queryKey, list),
      onError: (error) => notifyFailure(error),
      onSettled: refresh,
    }),
  )
  const place = (engines: readonly Engine[], last: Engine | undefined) => {
    const ids = [...engines.map((engine) => engine.id), ...(last === undefined ? [] : [last.id])]
    keep.mutate({ shop, order: ids })
  }
  const order = (engines: readonly Engine[], last: Engine | undefined) => {
    const places = new Map(engines.map((engine, index) => [engine.id, index]))
    queries.setQueryData(queryKey, (list: Engine[] | undefined) =>
      list?.map((engine) =>
        engine.position === null ? engine : { ...engine, position: places.get(engine.id) ?? places.size },
      ),
    )
    place(engines, last)
  }
  return { order, place }
}
