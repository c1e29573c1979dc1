/** Events as the site's models know them: names separated by spaces, `change:x` with model, value and previous. */
export class Emitter {
  #handlers = new Map()

  on(names, handler) {
    for (const name of names.split(/\s+/)) {
      const handlers = this.#handlers.get(name) ?? []
      this.#handlers.set(name, [...handlers, handler])
    }
    return this
  }

  once(names, handler) {
    const wrapped = (...values) => {
      this.off(names, wrapped)
      handler(...values)
    }
    return this.on(names, wrapped)
  }

  off(names, handler) {
    for (const name of names.split(/\s+/)) {
      const handlers = this.#handlers.get(name) ?? []
      this.#handlers.set(name, handler === undefined ? [] : handlers.filter((one) => one !== handler))
    }
    return this
  }

  trigger(name, ...values) {
    for (const handler of this.#handlers.get(name) ?? []) {
      // One handler's failure is not another's.
      try {
        handler(...values)
      } catch (error) {
        reportError(error)
      }
    }
    return this
  }

  hears(name) {
    return (this.#handlers.get(name) ?? []).length > 0
  }
}

/** Attributes are own properties; everything else is hidden from copies. */
export class Model extends Emitter {
  #collections = new Set()

  constructor(attributes = {}) {
    super()
    Object.assign(this, attributes)
  }

  belongTo(collection) {
    this.#collections.add(collection)
  }

  leave(collection) {
    this.#collections.delete(collection)
  }

  set(attributes) {
    const changes = []
    for (const [name, value] of Object.entries(attributes)) {
      const previous = this[name]
      if (Object.is(previous, value)) continue
      this[name] = value
      changes.push([name, value, previous])
    }
    for (const [name, value, previous] of changes) this.trigger(`change:${name}`, this, value, previous)
    if (changes.length > 0) this.trigger('change', this)
    return this
  }

  trigger(name, ...values) {
    super.trigger(name, ...values)
    for (const collection of this.#collections) collection.trigger(name, ...values)
    return this
  }

  serialize() {
    const copy = {}
    for (const [name, value] of Object.entries(this)) {
      if (typeof value === 'function' || value === undefined) continue
      copy[name] = value instanceof Model || value instanceof Collection ? value.serialize() : value
    }
    return copy
  }

  toJSON() {
    return this.serialize()
  }
}

export class Collection extends Emitter {
  #models = new Map()

  constructor(modelClass = Model) {
    super()
    this.modelClass = modelClass
  }

  /** A model with a known id is not added again, and `add` is not heard again. */
  add(model) {
    const key = keyOf(model.id)
    const known = this.#models.get(key)
    if (known !== undefined) return known
    this.#models.set(key, model)
    model.belongTo(this)
    this.trigger('add', model, this)
    return model
  }

  remove(id) {
    const model = this.get(id)
    if (model === undefined) return undefined
    this.#models.delete(keyOf(model.id))
    this.trigger('remove', model, this)
    model.leave(this)
    return model
  }

  get(id) {
    return id === undefined || id === null ? undefined : this.#models.get(keyOf(id))
  }

  async find(id) {
    return this.get(id)
  }

  getModelsArray() {
    return [...this.#models.values()]
  }

  get length() {
    return this.#models.size
  }

  serialize() {
    return this.getModelsArray().map((model) => model.serialize())
  }

  toJSON() {
    return this.serialize()
  }
}

function keyOf(id) {
  return typeof id === 'string' ? id : id.toString()
}
