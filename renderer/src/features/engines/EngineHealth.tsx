import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Engine } from '../../../../preload/contract/index.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { notifyFailure } from '../../ui/notify.ts'
import classes from './Engines.module.css'
import { useEnginesRefresh } from './queries.ts'
import { type Remedy, remedyOf } from './state.ts'
import { useTestStore } from './store.ts'
import { useEngineTexts } from './texts.ts'

/** Why an engine does not answer, in plain words, with the button that mends it. */
export function EngineHealth({ engine, onChange }: { engine: Engine; onChange(): void }) {
  const texts = useEngineTexts()
  const remedy = remedyOf(engine)
  if (remedy === null) return null
  return (
    <div className={classes.health}>
      <span>{texts.health(engine)}</span>
      <RemedyButton engine={engine} remedy={remedy} onChange={onChange} />
    </div>
  )
}

function RemedyButton({ engine, remedy, onChange }: { engine: Engine; remedy: Remedy; onChange(): void }) {
  const { t } = useTranslation(['engines', 'common'])
  const shop = useShop()
  const refresh = useEnginesRefresh()
  const runTest = useTestStore((store) => store.run)
  const turnOn = useMutation(
    api.models.turnOn.mutationOptions({ onError: (error) => notifyFailure(error), onSettled: refresh }),
  )
  const label = t(`remedy.${remedy}`)
  const common = { size: 'compact-sm', variant: 'default' } as const
  switch (remedy) {
    case 'key':
    case 'model':
    case 'prices':
      return (
        <Button {...common} onClick={onChange}>
          {label}
        </Button>
      )
    case 'try_now':
      return (
        <Button {...common} onClick={() => void runTest(shop.slug, engine.id)}>
          {label}
        </Button>
      )
    case 'turn_on':
      return (
        <Button {...common} loading={turnOn.isPending} onClick={() => turnOn.mutate({})}>
          {label}
        </Button>
      )
    case 'cap':
    case 'file':
      return (
        <Button
          {...common}
          component={Link}
          href={screenPath(shop.slug, 'assistant', remedy === 'cap' ? 'spending' : 'models')}
        >
          {label}
        </Button>
      )
  }
}
