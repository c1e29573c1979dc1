import { Model } from './events.js'
import { define } from './modules.js'

/** Bytes that the page does not look into. */
class OpaqueData {
  #blob
  #url

  static async createFromData(blob, type) {
    return new OpaqueData(blob, type)
  }

  constructor(blob, type) {
    this.#blob = blob instanceof OpaqueData ? blob.formData() : blob
    this.type = type
    this.size = this.#blob.size
  }

  url() {
    this.#url ??= URL.createObjectURL(this.#blob)
    return this.#url
  }

  autorelease() {}

  formData() {
    return this.#blob
  }
}

class MediaData extends Model {
  toJSON() {
    return this.serialize()
  }

  serialize() {
    const { mediaBlob: _mediaBlob, ...rest } = super.serialize()
    return rest
  }
}

const blobs = new Map()
const objects = new Map()

function prepRawMedia(data, { asDocument, isPtt, asGif, asSticker }) {
  const prepare = async () => {
    const file = data.formData()
    const filehash = await hashOf(file)
    blobs.set(filehash, file)
    const type = typeOf(data.type, { asDocument, isPtt, asSticker })
    // A picture that the browser cannot read cannot be sent as a picture.
    const size = type === 'image' ? await measure(file) : {}
    return new MediaData({
      type,
      filehash,
      mimetype: data.type,
      mediaBlob: data,
      isGif: asGif === true,
      size: file.size,
      filename: type === 'document' ? file.name : undefined,
      preview: type === 'image' ? '/9j/4AAQSkZJRgABAQAAAQ' : undefined,
      ...size,
    })
  }
  const prepared = prepare()
  prepared.catch(() => {})
  return { waitForPrep: () => prepared }
}

async function measure(file) {
  const { width, height } = await createImageBitmap(file)
  return { width, height, fullWidth: width, fullHeight: height }
}

function typeOf(mime, { asDocument, isPtt, asSticker }) {
  if (asSticker) return 'sticker'
  if (asDocument) return 'document'
  const [kind] = mime.split('/')
  if (kind === 'audio') return isPtt ? 'ptt' : 'audio'
  return kind === 'image' || kind === 'video' ? kind : 'document'
}

async function hashOf(blob) {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer())
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
}

function getOrCreateMediaObject(filehash) {
  const known = objects.get(filehash)
  if (known !== undefined) return known
  const made = {
    filehash,
    contentInfo: {},
    consolidate(data) {
      Object.assign(made, { type: data.type, size: data.size })
    },
  }
  objects.set(filehash, made)
  return made
}

/** Waits for the platform as long as it takes, as the page does. */
async function uploadBlob(blob, mimetype) {
  for (;;) {
    try {
      const answer = await fetch('/media', {
        method: 'POST',
        body: blob,
        headers: { 'content-type': mimetype || 'application/octet-stream' },
      })
      if (answer.ok) return await answer.json()
    } catch {
      // No connection.
    }
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

async function uploadMedia({ mediaObject, mimetype }) {
  const { directPath } = await uploadBlob(blobs.get(mediaObject.filehash), mimetype)
  const url = `https://mmg.whatsapp.net${directPath}`
  return {
    mediaEntry: {
      mmsUrl: url,
      deprecatedMms3Url: url,
      directPath,
      mediaKey: btoa(directPath).slice(0, 43),
      mediaKeyTimestamp: Math.floor(Date.now() / 1000),
      encFilehash: mediaObject.filehash,
      uploadHash: mediaObject.filehash,
    },
  }
}

async function encryptAndUpload({ blob, mediaKey }) {
  const { directPath } = await uploadBlob(blob, blob.type)
  const filehash = await hashOf(blob)
  return {
    url: `https://mmg.whatsapp.net${directPath}`,
    directPath,
    mediaKey,
    mediaKeyTimestamp: Math.floor(Date.now() / 1000),
    encFilehash: filehash,
    mimetype: blob.type,
  }
}

async function downloadAndMaybeDecrypt({ directPath }) {
  const answer = await fetch(directPath)
  if (!answer.ok) throw Object.assign(new Error('media is gone'), { status: answer.status })
  return answer.arrayBuffer()
}

define('WAWebMediaOpaqueData', OpaqueData)
define('WAWebPrepRawMedia', { prepRawMedia })
define('WAWebMediaStorage', { getOrCreateMediaObject })
define('WAWebMmsMediaTypes', { msgToMediaType: ({ type }) => type, castToV4: (type) => type })
define('WAWebMediaDataUtils', { shouldUseMediaCache: (type) => type !== 'document' })
define('WAWebMediaInMemoryBlobCache', { InMemoryMediaBlobCache: { put() {} } })
define('WAWebMediaMmsV4Upload', { uploadMedia, uploadUnencryptedMedia: uploadMedia })
define('WAWebUploadManager', { encryptAndUpload })
define('WAWebStartMediaUploadQpl', { startMediaUploadQpl: () => ({}) })
define('WAWebDownloadManager', { downloadManager: { downloadAndMaybeDecrypt } })
