/**
 * Tries whether a binary of the library runs on this computer, in place of the process that the library would start
 * itself: what crashes here takes no model along. The library's own code does all of it, and speaks to the parent.
 */
process.env.TEST_BINDING_CP = 'true'
await import(new URL('./bindings/utils/testBindingBinary.js', import.meta.resolve('node-llama-cpp')).href)
