// One file, so that there is one browser at a time.
import './checks/linking.ts'
import './checks/messages.ts'
import './checks/trouble.ts'
import './checks/keys.ts'
