import { modals } from '@mantine/modals'
import { useQueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { useEffect } from 'react'
import { useLocation } from 'wouter'
import type { Person, Trouble } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { placeNamed } from '../../app/routes.ts'
import { api, client } from '../../rpc/client.ts'
import { inDesktop } from '../../rpc/desktop.ts'
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

/** In the desktop app the tray, menus and notifications speak the desk's language, which the page alone knows. */
export function useSpokenLanguage(person: Person | null | undefined): void {
  const queries = useQueryClient()
  const language = usePreferences((preferences) => preferences.language)
  const known = person?.language
  useEffect(() => {
    if (!inDesktop() || known === undefined || known === language) return
    client.session
      .update({ language })
      .then(() => queries.invalidateQueries({ queryKey: api.session.me.key() }))
      // Said again with the next change, or when the window opens.
      .catch(() => undefined)
  }, [known, language, queries])
}

/** Says once that a part which had been told of as down runs again. */
function tellHealed(before: readonly Trouble[], after: readonly Trouble[]): void {
  for (const part of healedSince(before, after)) notifyDone(i18next.t(`computer:healed.${part}`))
}
