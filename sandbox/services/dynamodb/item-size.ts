import { db, type AttributeValue, type Item } from './dynalite'

/**
 * Bytes of an item as DynamoDB counts them (developer guide, "DynamoDB item sizes and formats"): names and texts in UTF-8,
 * where dynalite counts characters.
 */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0)
}

function valueBytes(value: AttributeValue): number {
  const [[kind, held]] = Object.entries(value) as [[string, any]]
  if (kind === 'S') return Buffer.byteLength(held)
  if (kind === 'SS') return sum(held as string[], (text) => Buffer.byteLength(text))
  if (kind === 'L') return 3 + sum(held as AttributeValue[], (inner) => 1 + valueBytes(inner))
  if (kind === 'M') return 3 + Object.keys(held).length + itemBytes(held)
  // Numbers and bytes are the same to both; the name is one byte.
  return db.itemSize({ x: value }) - 1
}

function sum<T>(values: T[], measure: (value: T) => number): number {
  return values.reduce((total, value) => total + measure(value), 0)
}
