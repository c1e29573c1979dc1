import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/dropzone/styles.css'
import './theme/theme.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { usePreferences } from './app/preferences.ts'
import { startTexts } from './i18n/index.ts'
import { connection } from './rpc/client.ts'
import { leaveWhenSessionOver } from './rpc/session-over.ts'

startTexts(usePreferences.getState().language)
connection.start()
if (window.mostrador === undefined) leaveWhenSessionOver(connection)

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(<App />)
