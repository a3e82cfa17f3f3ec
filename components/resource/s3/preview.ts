/** How an object may be shown in the page: as a picture, as text, or not at all. Never as a document of its own. */
export type PreviewKind = 'image' | 'text' | 'none'

/** Pictures that hold no script. SVG is a document: it is shown as text. */
const IMAGES: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp', avif: 'image/avif' }
const TEXT = /^(text\/|application\/(json|xml|javascript|x-ndjson|yaml|sql)|image\/svg)/
const TEXT_ENDINGS = /\.(txt|md|csv|json|ndjson|xml|ya?ml|html?|css|[cm]?js|ts|py|sql|log|svg|vtl|sh|toml|ini)$/i

/** The type of picture that an object is safe to be served as, by its declared type or its ending; undefined where it is none. */
export function imageType(key: string, contentType: string): string | undefined {
  const declared = contentType.split(';')[0]!.trim().toLowerCase()
  if (Object.values(IMAGES).includes(declared)) return declared
  const generic = declared === '' || declared === 'application/octet-stream' || declared === 'binary/octet-stream'
  return generic ? IMAGES[/\.([a-z0-9]+)$/i.exec(key)?.[1]?.toLowerCase() ?? ''] : undefined
}

/** How an object may be shown, by its declared type or its ending. */
export function previewKind(key: string, contentType: string): PreviewKind {
  if (imageType(key, contentType)) return 'image'
  return TEXT.test(contentType) || TEXT_ENDINGS.test(key) ? 'text' : 'none'
}
