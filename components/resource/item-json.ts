/** An attribute's value as DynamoDB writes it in JSON: `{ "S": "text" }`, `{ "N": "1" }`; bytes as base64. */
export type AttributeJson = Record<string, any>

/** An item in DynamoDB's JSON. */
export type ItemJson = Record<string, AttributeJson>

/** An item as plain JSON. Not `lossless` where that would lose its sets, its bytes or digits of its numbers. */
export function plainOf(item: ItemJson): { plain: Record<string, unknown>; lossless: boolean } {
  let lossless = true
  const value = (attribute: AttributeJson): unknown => {
    const [[type, inner] = []] = Object.entries(attribute)
    switch (type) {
      case 'M':
        return map(inner)
      case 'L':
        return (inner as AttributeJson[]).map(value)
      case 'N':
        if (!isExact(inner)) lossless = false
        return Number(inner)
      case 'NULL':
        return null
      case 'S':
      case 'BOOL':
        return inner
      default:
        lossless = false
        return type === 'NS' ? (inner as string[]).map(Number) : inner
    }
  }
  const map = (members: ItemJson) => Object.fromEntries(Object.entries(members).map(([name, attribute]) => [name, value(attribute)]))
  const plain = map(item)
  return { plain, lossless }
}

/** Plain JSON as an item: numbers become N, arrays L, objects M. @throws TypeError where it is no object */
export function itemOf(plain: unknown): ItemJson {
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) throw new TypeError('An item is a JSON object.')
  return Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, attributeOf(value)]))
}

function attributeOf(value: unknown): AttributeJson {
  if (value === null) return { NULL: true }
  if (Array.isArray(value)) return { L: value.map(attributeOf) }
  switch (typeof value) {
    case 'string':
      return { S: value }
    case 'number':
      return { N: String(value) }
    case 'boolean':
      return { BOOL: value }
    default:
      return { M: itemOf(value) }
  }
}

/** Whether JavaScript's number is the very number that DynamoDB keeps in up to 38 digits. */
function isExact(number: string): boolean {
  const digits = (text: string) => {
    const [, sign = '', whole = '', fraction = '', exponent = '0'] = /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? []
    const significant = `${whole}${fraction}`.replace(/^0+/, '')
    const trimmed = significant.replace(/0+$/, '')
    return `${sign}${trimmed}e${Number(exponent) - fraction.length + (significant.length - trimmed.length)}`
  }
  return digits(number) === digits(String(Number(number))) || Number(number) === 0
}
