import { modals } from '@mantine/modals'
import { useQueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { useEffect } from 'react'
import { useLocation } from 'wouter'
import type { Trouble } from '../../../../preload/contract/index.ts'
import { placeNamed } from '../../app/routes.ts'
import { followShell } from '../../rpc/live-shell.ts'
import { notifyDone } from '../../ui/notify.ts'
import { healedSince } from './state.ts'

/** Keeps the desktop app's state fresh, tells what came back, and goes where a notification or a link wants to. */
export function useShellNews(signedIn: boolean): void {
  const queries = useQueryClient()
  const [, navigate] = useLocation()
  useEffect(() => {
    if (!signedIn) return
    const ended = new AbortController()
    void followShell(queries, ended.signal, {
      onState: (state, before) => tellHealed(before?.troubles ?? [], state.troubles),
      onGo: (path) => {
        const place = placeNamed(path)
        if (place === null) return
        // A question about what is on the screen now makes no sense on another.
        modals.closeAll()
        navigate(place)
      },
    })
    return () => ended.abort()
  }, [signedIn, queries, navigate])
}

/** Says once that a part which had been told of as down runs again. */
function tellHealed(before: readonly Trouble[], after: readonly Trouble[]): void {
  for (const part of healedSince(before, after)) notifyDone(i18next.t(`computer:healed.${part}`))
}
