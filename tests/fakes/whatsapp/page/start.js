import './people.js'
import './media.js'
import './session.js'
