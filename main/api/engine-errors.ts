export { withoutEngine } from '../core/engines/failed-engine.ts'
