import { create } from 'zustand'
import { type CallPreferences, readCalls } from '../features/calls/state.ts'
import { type DeskLanguage, languageOf, languages } from '../i18n/index.ts'

/** What this browser remembers for the person in front of it. */
interface Preferences {
  language: DeskLanguage
  shop: string | null
  testName: string | null
  calls: CallPreferences
  setLanguage(language: DeskLanguage): void
  setShop(shop: string): void
  setTestName(name: string): void
  setCalls(calls: CallPreferences): void
}

const prefix = 'mostrador.'

function read(key: string): string | null {
  try {
    return localStorage.getItem(prefix + key)
  } catch {
    return null
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(prefix + key, value)
  } catch {
    // Storage is switched off in this browser: the choice lasts as long as the window.
  }
}

const stored = read('language')

export const usePreferences = create<Preferences>((set) => ({
  language: languages.find((language) => language === stored) ?? languageOf(navigator.languages),
  shop: read('shop'),
  testName: read('testName'),
  calls: readCalls(read('calls')),
  setLanguage: (language) => {
    write('language', language)
    set({ language })
  },
  setShop: (shop) => {
    write('shop', shop)
    set({ shop })
  },
  setTestName: (testName) => {
    write('testName', testName)
    set({ testName })
  },
  setCalls: (calls) => {
    write('calls', JSON.stringify(calls))
    set({ calls })
  },
}))
